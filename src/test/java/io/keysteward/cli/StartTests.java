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

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong before there is a log: one line on stderr as well, and nothing else.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	private final Path file;

	private final Register register;

	StartTests(@TempDir Path directory) {
		this.file = directory.resolve("application.yaml");
		this.register = new Register(directory);
		this.register.set("spring.config.location", "classpath:/application.yaml,file:" + this.file);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "keysteward:\\n  report:\\n   directory: [x\\n | line 4, column 1",
			"keysteward:\\n\\treport: x\\n | line 2, column 1" })
	void unreadableYamlGetsItsLineAndColumn(String yaml, String place, CapturedOutput output) throws IOException {
		Files.writeString(this.file, yaml.replace("\\n", "\n").replace("\\t", "\t"));
		refused(place + ": not readable as YAML", output);
	}

	@Test
	void aFileToImportThatIsMissingIsNamed(CapturedOutput output) throws IOException {
		Files.writeString(this.file, "spring.config.import: file:/nowhere/more.yaml\n");
		refused("spring.config.import (application.yaml line 1): 'file:/nowhere/more.yaml' is not there; correct it, or"
				+ " write optional: before it", output);
	}

	@Test
	void aFolderThatIsNamedAndMissingIsSaid(CapturedOutput output) {
		this.register.set("spring.config.location", "file:/nowhere/");
		refused("'file:/nowhere/' is not there", output);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"logging.structured.format.console | jsno | 'jsno' is not allowed; write ecs, gelf or logstash",
			"logging.level.root | loud | 'loud' is not allowed; it must be trace, debug, info, warn, error or off" })
	void aWrongSettingOfTheLogIsNamed(String property, String value, String line, CapturedOutput output)
			throws IOException {
		Files.writeString(this.file, property + ": " + value + "\n");
		refused(property + " (application.yaml line 1): " + line, output);
	}

	@Test
	void theTraceIsThereForWhoeverAsksForIt(CapturedOutput output) throws IOException {
		Files.writeString(this.file, "a: [x\n");
		assertThat(this.register.execute("run", "--debug")).isEqualTo(2);
		assertThat(this.register.err()).startsWith("keysteward: ").contains("\tat org.yaml.snakeyaml");
		assertThat(output).isEmpty();
	}

	private void refused(String line, CapturedOutput output) {
		assertThat(this.register.execute("run")).as(this.register.err()).isEqualTo(2);
		assertThat(this.register.err()).startsWith("keysteward: ").contains(line).hasLineCount(1);
		assertThat(output).isEmpty();
	}

}
