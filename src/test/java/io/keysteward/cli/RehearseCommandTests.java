package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a rehearsal cannot be started with is refused in one line.
 */
class RehearseCommandTests {

	private final Register register;

	private final Path directory;

	RehearseCommandTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory).key("dead", "2025-12-01", "2026-05-01T00:00:00Z");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--nights=0                | --nights: '0' is not allowed; 1 to 400
					--nights=4000             | --nights: '4000' is not allowed; 1 to 400
					--nights=sixty            | --nights: 'sixty' is not allowed; 1 to 400
					--armed-on=monday         | --armed-on: 'monday' is not allowed; write a day, such as 2026-12-14, or leave the option out
					""")
	void aWrongOptionIsNamedWithWhatIsAllowed(String option, String line) {
		refused("rehearse", option, line);
	}

	@Test
	void withoutARunThereIsNothingToStartFrom() {
		refused("rehearse", "--nights=1",
				"there is no complete run yet whose inventory is kept; start one with the command run");
	}

	@Test
	void aDayThatIsNotAmongTheNightsIsRefused() throws IOException {
		run();
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		refused("rehearse", "--armed-on=" + today.plusDays(90),
				"--armed-on: '" + today.plusDays(90) + "' is not one of the nights; write a day from " + today + " to "
						+ today.plusDays(60) + ", or more nights with --nights");
		refused("rehearse", "--armed-on=2020-01-01", "--armed-on: '2020-01-01' is not one of the nights;");
	}

	@Test
	void aFolderThatHasFilesIsNotWrittenTo() throws IOException {
		run();
		Path folder = Files.createDirectory(this.directory.resolve("theirs"));
		Files.writeString(folder.resolve("note.txt"), "mine");
		refused("rehearse", "--to=" + folder, "--to: '" + folder
				+ "' is not empty, and files of two rehearsals would be taken for one; name a new folder");
		refused("rehearse", "--to=" + folder.resolve("note.txt"), "--to: '" + folder.resolve("note.txt")
				+ "' cannot be written (FileAlreadyExistsException); make room, check the rights, or name another folder with --to");
		refused("rehearse", "--to=", "--to: '' is not allowed; name a folder, or leave the option out");
		try (var files = Files.list(folder)) {
			assertThat(files).containsExactly(folder.resolve("note.txt"));
		}
	}

	@Test
	void whereOwnersAreNotWarnedYetTheirFileIsAskedFor() throws IOException {
		Path config = this.directory.resolve("config");
		FileSystemUtils.copyRecursively(Path.of("config", "sources"), config.resolve("sources"));
		Files.writeString(config.resolve("exemptions.yaml"), "exemptions: []\n");
		this.register.set("keysteward.config-directory", config.toString());
		run();
		refused("rehearse", "--nights=1", config.resolve("owners.yaml")
				+ ": is missing, and a rehearsal warns owners, as runs do with keysteward.mail.warn-owners=true; write"
				+ " 'owners: {}' into it if the sources name every owner");
		assertThat(this.register.governance()
			.sql("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('keysteward_rehearsal')")
			.query(Long.class)
			.single()).isZero();
		Files.writeString(config.resolve("owners.yaml"), "owners: {}\n");
		assertThat(this.register.execute("rehearse", "--nights=1")).as(this.register.err()).isZero();
		assertThat(this.register.out()).contains("No mail would go to any owner.\n",
				"Bounds that are not written are the defaults (max-keys 20, max-percent 5); to arm, write both.\n",
				this.register.reports().resolve("rehearsal-" + LocalDate.now(ZoneOffset.UTC)).toString());
	}

	private void run() {
		assertThat(this.register.execute("run")).as(this.register.err()).isZero();
	}

	private void refused(String command, String option, String line) {
		assertThat(this.register.execute(command, option)).isEqualTo(2);
		assertThat(this.register.err()).startsWith("keysteward: " + line).hasLineCount(1);
	}

}
