package io.keysteward.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.keysteward.report.json.SafeJson;

/**
 * The answer of a command as one JSON document. Fields are added to it, never taken away
 * or changed, as long as its version stays.
 */
final class JsonAnswer {

	private static final int VERSION = 1;

	private JsonAnswer() {
	}

	/**
	 * Prints an answer.
	 * @param format its name, which never changes
	 * @param content writes what is in it
	 */
	static void print(String format, PrintWriter out, Consumer<SafeJson> content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (SafeJson json = new SafeJson(bytes)) {
			json.document(() -> {
				json.field("format", format);
				json.field("version", VERSION);
				content.accept(json);
			});
		}
		out.print(bytes.toString(StandardCharsets.UTF_8));
		out.flush();
	}

}
