package io.keysteward.cli;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps Spring Boot from reporting what keeps the application from starting, which it
 * would do on stdout while there is no log yet: the command says it, in one line, and has
 * the stack trace for whoever asks.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SilentStartupReporter implements SpringBootExceptionReporter {

	@Override
	public boolean reportException(Throwable failure) {
		return true;
	}

}
