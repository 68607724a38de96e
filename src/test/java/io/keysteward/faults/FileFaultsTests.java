package io.keysteward.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Where the report directory cannot be written the run says so before it does anything;
 * where the workbook cannot, all else is done, and the next start writes and mails the
 * report.
 */
@ExtendWith(OutputCaptureExtension.class)
class FileFaultsTests {

	private static Night night;

	private static Path reports;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
		reports = night.register.reports();
	}

	@AfterEach
	void nothingUnforeseen(CapturedOutput output) {
		night.register.set("keysteward.report.directory", reports.toString());
		OperatorMessage.noStackTrace(output);
	}

	@Test
	void aReportDirectoryThatIsAFileIsNamed(@TempDir Path other) throws IOException {
		Path file = Files.writeString(other.resolve("reports"), "");
		writesTo(file.toString());
		refuses(2, "keysteward.report.directory: '" + file + "' cannot be written", file + " is no directory",
				"name a directory that this user may write to");
		finishes();
	}

	@Test
	@EnabledOnOs(OS.LINUX) // Nobody makes directories there, not even root.
	void aReadOnlyFileSystemIsNamed() throws IOException {
		writesTo("/sys/keysteward");
		refuses(2, "keysteward.report.directory: '/sys/keysteward' cannot be written",
				"name a directory that this user may write to");
		finishes();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aFullDiskIsNamed(@TempDir Path other) throws Exception {
		assumeThat(done("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", other.toString()))
			.as("only root can have a disk that small")
			.isTrue();
		try {
			writesTo(other.toString());
			fails(1, "keysteward.report.directory: '" + other.resolve("keysteward-"),
					"-tonight.xlsx' cannot be written", "no space is left there", "make room and start the run again");
			assertThat(other).isEmptyDirectory();
		}
		finally {
			assertThat(done("umount", other.toString())).isTrue();
		}
		finishes();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aDiskWithoutAnyRoomIsFoundBeforeAKeyIsDisabled(@TempDir Path other) throws Exception {
		assumeThat(done("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", other.toString()))
			.as("only root can have a disk that small")
			.isTrue();
		try {
			Files.write(other.resolve("full"), new byte[4096]);
			writesTo(other.toString());
			refuses(1, "keysteward.report.directory: '" + other + "' cannot be written", "no space is left there");
			assertThat(other).isDirectoryNotContaining((file) -> file.toString().endsWith(".part"));
		}
		finally {
			assertThat(done("umount", other.toString())).isTrue();
		}
		finishes();
	}

	private static void writesTo(String directory) throws IOException {
		night.begin();
		night.register.set("keysteward.report.directory", directory);
	}

	/** No key is disabled, nobody is mailed, and no run is there. */
	private static void refuses(int exit, String... expected) {
		Map<String, List<String>> before = night.left();
		assertThat(night.run()).as(night.register.err()).isEqualTo(exit);
		OperatorMessage.oneLine(night.register.err()).contains(expected);
		assertThat(night.left()).isEqualTo(before);
		assertThat(night.mail().messages()).isEmpty();
		assertThat(night.register.execute("check")).isEqualTo(exit);
		assertThat(night.register.out()).containsPattern("FAIL +report directory +").contains(expected);
	}

	/** What comes before the report is done, and stays done. */
	private static void fails(int exit, String... expected) throws IOException {
		assertThat(night.run()).as(night.register.err()).isEqualTo(exit);
		OperatorMessage.oneLine(night.register.err()).contains(expected);
		Map<String, List<String>> left = night.left();
		assertThat(left.get("run")).singleElement().asString().startsWith("FAILED ");
		for (String done : List.of("snapshot", "findings", "events", "actions", "keys", "switched")) {
			assertThat(left.get(done)).isEqualTo(night.undisturbed().get(done));
		}
		assertThat(left.get("mails")).hasSize(2).noneMatch((mail) -> mail.startsWith("REPORT"));
		assertThat(night.drafts()).isEmpty();
	}

	private static void finishes() throws IOException {
		night.register.set("keysteward.report.directory", reports.toString());
		assertThat(night.run()).as(night.register.err()).isZero();
		night.isAsUndisturbed();
		assertThat(night.mail().messages()).hasSize(3);
	}

	private static boolean done(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
	}

}
