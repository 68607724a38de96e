package io.keysteward.report;

import java.nio.file.Path;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How much room is little.
 */
class ReportDirectoryTests {

	private static final Path REPORTS = Path.of("/reports");

	@Test
	void roomForNoFurtherReportIsAFailure() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> ReportDirectory.room(REPORTS, 91_000_000, 90_000_000))
			.matches((failure) -> failure.kind() == Failure.Kind.RETRY)
			.withMessage("keysteward.report.directory: '/reports' has room for 90 MB, and the last report takes 91 MB;"
					+ " make room, or keep reports for a shorter time (keysteward.report.keep)");
	}

	@Test
	void roomForFewIsWarnedOf() {
		assertThat(ReportDirectory.room(REPORTS, 91_000_000, 91_000_000)).isPresent();
		assertThat(ReportDirectory.room(REPORTS, 91_000_000, 909_999_999)).isPresent();
		assertThat(ReportDirectory.room(REPORTS, 91_000_000, 910_000_000)).isEmpty();
	}

	@Test
	void withoutAReportNothingIsSaid() {
		assertThat(ReportDirectory.room(REPORTS, 0)).isEmpty();
	}

}
