package io.keysteward.cli;

import java.util.List;

import io.keysteward.config.PropertyOrigin;
import io.keysteward.text.Failure;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Refuses an unknown log format right before the log is set up, since Spring Boot would
 * print a stack trace on stderr.
 */
final class LogFormat implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final List<String> PROPERTIES = List.of("logging.structured.format.console",
			"logging.structured.format.file");

	private static final List<String> FORMATS = List.of("ecs", "gelf", "logstash");

	static boolean isKnown(String format) {
		return FORMATS.contains(format) || ClassUtils.isPresent(format, null);
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER - 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		for (String property : PROPERTIES) {
			String format = event.getEnvironment().getProperty(property, "");
			if (!format.isEmpty() && !isKnown(format)) {
				throw Failure.configuration(property + PropertyOrigin.where(event.getEnvironment(), property) + ": '"
						+ format + "' is not allowed; write ecs, gelf or logstash");
			}
		}
	}

}
