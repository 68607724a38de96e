package io.keysteward.report.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.report.ReportFile;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.RunContent;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The report as one JSON document, as {@code docs/report.schema.json} describes it.
 */
@Component
@Order(2)
public final class JsonReport implements ReportFormat {

	/** Changes whenever a reader of this version would misread a report. */
	private static final int VERSION = 1;

	@Override
	public String word() {
		return "json";
	}

	@Override
	public String title() {
		return "JSON document";
	}

	@Override
	public String ending() {
		return ".json";
	}

	@Override
	public void write(RunContent content, ReportFile file) throws IOException {
		try (SafeJson json = new SafeJson(Files.newOutputStream(file.draft()))) {
			json.document(() -> {
				head(json);
				SummaryObject.write(json, content.summary());
				tables(json, content);
			});
		}
	}

	@Override
	public void tryOut(Path file) throws IOException {
		try (SafeJson json = new SafeJson(Files.newOutputStream(file))) {
			json.document(() -> head(json));
		}
	}

	private static void head(SafeJson json) {
		json.field("format", "keysteward-report");
		json.field("version", VERSION);
	}

	private static void tables(SafeJson json, RunContent content) {
		json.table("findings", "Findings", Tables.FINDINGS, content.findings());
		json.table("actions", "Actions", Tables.ACTIONS, content.actions());
		json.table("changes", "Changes", Tables.CHANGES, content.changes());
		json.table("projects", "Projects", Tables.PROJECTS, content.projects());
		json.table("keys", "All keys", Tables.KEYS, content.inventory());
		json.table("exemptions", "Exemptions", Tables.EXEMPTIONS, content.exemptions());
		json.table("decisions", "Decisions", Tables.DECISIONS, content.decisions());
		json.table("data_errors", "Data errors", Tables.DATA_ERRORS, content.dataErrors());
		json.table("policy", "Policy", Tables.POLICY, content.policy());
	}

}
