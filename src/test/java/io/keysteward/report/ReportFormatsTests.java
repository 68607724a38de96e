package io.keysteward.report;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestSettings;
import io.keysteward.report.json.JsonReport;
import io.keysteward.report.workbook.Workbook;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * In which formats runs are reported.
 */
class ReportFormatsTests {

	@Test
	void withoutAWordItIsTheWorkbook() {
		assertThat(words(null)).containsExactly("workbook");
	}

	@Test
	void theyAreWrittenInTheirOrderAndOnce() {
		assertThat(words(List.of("json", "workbook", "json"))).containsExactly("json", "workbook");
	}

	@Test
	void anUnknownWordIsRefusedWithThoseThatAreAllowed() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> words(List.of("workbook", "p\u202Edf")))
			.withMessage("keysteward.report.formats: 'p\\u202Edf' is not allowed; allowed are workbook, json")
			.returns(Failure.Kind.CONFIGURATION, Failure::kind);
	}

	@Test
	void noneIsNotAnAnswer() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> words(List.of()))
			.withMessage("keysteward.report.formats: is empty; name one of workbook, json, or leave the property out")
			.returns(Failure.Kind.CONFIGURATION, Failure::kind);
	}

	@Test
	void neitherARunNorACheckStartsWithAnUnknownWord(@TempDir Path directory) {
		Register register = new Register(directory).key("k", "2026-10-01", null)
			.set("keysteward.report.formats[0]", "pdf");
		String line = "keysteward.report.formats: 'pdf' is not allowed; allowed are workbook, json, ocsf, html";
		assertThat(register.execute("run", "--as-of=2026-11-01")).isEqualTo(2);
		assertThat(register.err().strip()).endsWith(line).doesNotContain("\n");
		assertThat(register.governance().sql("SELECT count(*) FROM keysteward.run").query(Long.class).single())
			.isZero();
		assertThat(register.execute("check")).isEqualTo(2);
		assertThat(register.out() + register.err()).contains(line);
	}

	private static List<String> words(@Nullable List<String> formats) {
		ReportSettings settings = TestSettings.of(ReportSettings.class,
				(formats != null) ? new String[] { "formats=" + String.join(",", formats) } : new String[0]);
		return new ReportFormats(List.of(new Workbook(settings), new JsonReport()), settings).configured()
			.stream()
			.map(ReportFormat::word)
			.toList();
	}

}
