package io.keysteward.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLog;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The line on stderr with which a command ends that is not done, in the format of the log
 * if that is structured, so that one parser reads all output.
 */
final class ErrorLine {

	private ErrorLine() {
	}

	/**
	 * {@return the line, followed by the stack trace, if any}
	 * @param environment holds the format
	 */
	static String format(Environment environment, String message, @Nullable Throwable trace) {
		String format = environment.getProperty("logging.structured.format.console", "");
		return LogFormat.isKnown(format) ? structured(environment, format, message, trace)
				: "keysteward: " + message + System.lineSeparator() + ((trace != null) ? text(trace) : "");
	}

	/**
	 * Reads the configuration for a command that was refused before it read any. Faults
	 * of the configuration are ignored, and nothing is logged.
	 */
	static void configure(ConfigurableEnvironment environment) {
		try {
			new ConfigDataEnvironmentPostProcessor((destination) -> new DeferredLog(), new DefaultBootstrapContext())
				.postProcessEnvironment(environment, new SpringApplication());
		}
		catch (RuntimeException ex) {
			// A valid command reports this fault itself.
		}
	}

	/** Uses its own context: the log may not be set up yet, or be closed already. */
	private static String structured(Environment environment, String format, String message,
			@Nullable Throwable trace) {
		LoggerContext context = new LoggerContext();
		context.putObject(Environment.class.getName(), environment);
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat(format);
		encoder.start();
		LoggingEvent event = new LoggingEvent(ErrorLine.class.getName(), context.getLogger("io.keysteward.cli"),
				Level.ERROR, message, trace, null);
		event.setMDCPropertyMap(Map.of());
		return new String(encoder.encode(event), StandardCharsets.UTF_8);
	}

	private static String text(Throwable trace) {
		StringWriter text = new StringWriter();
		trace.printStackTrace(new PrintWriter(text, true));
		return text.toString();
	}

}
