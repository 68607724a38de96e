package io.keysteward.report.html;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

import io.keysteward.report.ReportFile;
import io.keysteward.report.ReportFormat;
import io.keysteward.report.RunContent;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The report as one web page: it asks no other place for anything, and shows flagged keys
 * only.
 */
@Component
@Order(4)
public final class HtmlReport implements ReportFormat {

	@Override
	public String word() {
		return "html";
	}

	@Override
	public String title() {
		return "web page";
	}

	@Override
	public String ending() {
		return ".html";
	}

	@Override
	public void write(RunContent content, ReportFile file) throws IOException {
		try (Writer out = Files.newBufferedWriter(file.draft())) {
			Page page = new Page(out);
			page.begin("Keysteward " + content.run().key());
			new SummaryPart(page).write(content.summary());
			new KeysPart(page).write(content.findings(), content.summary());
			page.end();
		}
	}

	@Override
	public void tryOut(Path file) throws IOException {
		try (Writer out = Files.newBufferedWriter(file)) {
			Page page = new Page(out);
			page.begin("Keysteward");
			page.end();
		}
	}

}
