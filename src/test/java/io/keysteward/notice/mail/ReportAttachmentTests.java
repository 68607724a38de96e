package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import io.keysteward.run.Run;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReportAttachmentTests {

	@Test
	void aWorkbookThatIsNotTheRunsOwnIsRefused(@TempDir Path directory) throws IOException {
		Run run = RunFixture.of("2026-11-23").run();
		Path file = Files.writeString(directory.resolve("keysteward.xlsx"), "another workbook");
		String sha256 = Sha256.of(new byte[] { 1 });
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(
					() -> ReportAttachment.prepare(run, RunFixture.reports(file, sha256).get(0), RunFixture.SETTINGS))
			.withMessageContaining("is not the one that the run wrote")
			.returns(Failure.Kind.PERSON, Failure::kind);
		Files.delete(file);
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(
					() -> ReportAttachment.prepare(run, RunFixture.reports(file, sha256).get(0), RunFixture.SETTINGS))
			.withMessageContaining("cannot be read (NoSuchFileException); write it again with: report")
			.returns(Failure.Kind.PERSON, Failure::kind);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 56, 57, 58, 114, 115, 10_000 })
	void theSizeThatCountsIsTheSizeThatIsSent(int bytes) {
		int sent = Base64.getMimeEncoder().encodeToString(new byte[bytes]).length();
		assertThat(ReportAttachment.encoded(bytes)).isBetween((long) sent, sent + 2L);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 bytes", "1023, 1023 bytes", "1024, 1 KB", "1048575, 1024 KB", "1048576, 1.0 MB",
			"12582912, 12.0 MB" })
	void theSizeIsToldForPeople(long bytes, String size) {
		assertThat(new ReportAttachment("workbook", "w.xlsx", "", bytes, "", null, "").size()).isEqualTo(size);
	}

}
