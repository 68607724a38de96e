package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the log is JSON, so is the line on stderr.
 */
@ExtendWith(OutputCaptureExtension.class)
class ErrorLineTests {

	private final Register register;

	ErrorLineTests(@TempDir Path directory) throws IOException {
		this.register = new Register(directory);
		Path file = Files.writeString(directory.resolve("application.yaml"),
				"logging.structured.format.console: ecs\n");
		this.register.set("spring.config.location", "classpath:/application.yaml,file:" + file);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "run --disabel        | there is no option '--disabel'",
					"run --run-key=a/b    | --run-key: 'a/b' is not allowed",
					"report --run-key=gone | there is no run 'gone'" })
	void whatWasWrongIsALineOfTheLogsFormat(String command, String message, CapturedOutput output) {
		assertThat(this.register.execute(command.split(" "))).isEqualTo(2);
		JsonNode line = line();
		assertThat(line.path("message").asString()).contains(message).doesNotStartWith("keysteward: ");
		assertThat(line.path("log").path("level").asString()).isEqualTo("ERROR");
		assertThat(line.path("service").path("name").asString()).isEqualTo("keysteward");
		assertThat(output.getOut()).as("what reading the configuration says").isEmpty();
	}

	@Test
	void soIsThatDisablingWasHeld() {
		this.register.set("keysteward.disable.armed", "true")
			.set("keysteward.disable.max-keys", "1")
			.set("keysteward.disable.max-percent", "1");
		assertThat(this.register.execute("run", "--disable")).isEqualTo(3);
		assertThat(line().path("message").asString()).contains("is complete, but disabling was held");
	}

	@Test
	void theTraceIsInTheLine() {
		assertThat(this.register.execute("run", "--run-key=a/b", "--debug")).isEqualTo(2);
		assertThat(line().path("error").path("stack_trace").asString()).contains("\tat io.keysteward");
	}

	@Test
	void anotherFormatIsAsGood() {
		this.register.set("logging.structured.format.console", "logstash");
		assertThat(this.register.execute("run", "--disabel")).isEqualTo(2);
		assertThat(line().path("level").asString()).isEqualTo("ERROR");
	}

	private JsonNode line() {
		assertThat(this.register.err()).hasLineCount(1).endsWith("\n");
		return JsonMapper.shared().readTree(this.register.err());
	}

}
