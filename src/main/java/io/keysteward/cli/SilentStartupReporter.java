package io.keysteward.cli;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps Spring Boot from reporting a failed start on stdout; the command prints it as one
 * line on stderr, with the stack trace on request.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SilentStartupReporter implements SpringBootExceptionReporter {

	@Override
	public boolean reportException(Throwable failure) {
		return true;
	}

}
