package io.keysteward.report.ocsf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.keysteward.insight.FindingState;
import io.keysteward.insight.Rows;
import io.keysteward.report.ReportFile;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.RowCounts;
import io.keysteward.report.RunContent;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Findings as JSON Lines: one OCSF event for each finding that a run has opened, kept
 * open, left exempt or ended.
 */
@Component
@Order(3)
public final class OcsfReport implements ReportFormat {

	private final JsonMapper json = JsonMapper.shared();

	@Override
	public String word() {
		return "ocsf";
	}

	@Override
	public String title() {
		return "list of OCSF findings";
	}

	@Override
	public String ending() {
		return ".ocsf.jsonl";
	}

	@Override
	public void write(RunContent content, ReportFile file) throws IOException {
		ComplianceFinding mapping = new ComplianceFinding(content.run(),
				OcsfReport.class.getPackage().getImplementationVersion());
		Rows<FindingState> findings = content.findingStates();
		long[] written = { 0 };
		try (Writer out = Files.newBufferedWriter(file.draft())) {
			findings.each((finding) -> {
				line(out, mapping.event(finding));
				written[0]++;
			});
		}
		RowCounts.requireSame("the OCSF findings", findings.count(), "expected", written[0], "lines");
	}

	@Override
	public void tryOut(Path file) throws IOException {
		try (Writer out = Files.newBufferedWriter(file)) {
			line(out, Map.of());
		}
	}

	private void line(Writer out, Map<String, Object> event) {
		try {
			out.append(this.json.writeValueAsString(event)).append('\n');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
