package io.keysteward.report.html;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.report.workbook.RunFixtures;
import io.keysteward.report.workbook.SampleRun;
import io.keysteward.run.Run;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The web page as text: what a browser makes of it is elsewhere.
 */
class HtmlReportTests {

	private final RunFixtures stored = new RunFixtures();

	private final Path directory;

	HtmlReportTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void whatTheRunFoundStandsInItWithoutAnyScript() throws IOException {
		String page = page(SampleRun.store(this.stored));
		assertThat(page).contains("<h1>API keys: run 2026-11-23</h1>", "As of 2026-11-23 02:00 UTC",
				"THIS REPORT IS INCOMPLETE: source &#39;legacy&#39;", "<td data-label=\"Key id\">idle</td>",
				"<td data-label=\"Level\" class=\"level-VIOLATION\">VIOLATION</td>",
				"Last used on 2026-08-01, 113 days ago. Its name is a placeholder.", "The first 4 of 4 flagged keys.");
	}

	/** Allowed by its hash is what stands there, and nothing can come from elsewhere. */
	@Test
	void onlyItsOwnStyleAndItsOwnScriptAreAllowed() throws IOException {
		String page = page(SampleRun.store(this.stored));
		assertThat(page).contains("default-src 'none'", "base-uri 'none'", "form-action 'none'")
			.doesNotContain("http://", "https://", " style=", "javascript:", " onclick=")
			.doesNotContainPattern("(src|href)=");
		assertThat(page).contains("script-src '" + hash(inner(page, "<script>", "</script>")) + "'",
				"style-src '" + hash(inner(page, "<style>", "</style>")) + "'");
	}

	@Test
	void aHostileNameIsTextAndNothingElse() throws IOException {
		Run run = SampleRun.store(this.stored);
		for (String hostile : List.of("</script><img src=x onerror=alert(1)>", "\" onmouseover=\"x", "'><svg/onload=x>",
				"a\u202Egnp.exe", "<!--", "\u2028x")) {
			this.stored.jdbc()
				.sql("UPDATE keysteward.key_snapshot SET name = :name, owner_name = :name, project_name = :name, reasons = ARRAY[:name, :name]"
						+ " WHERE key_id = 'idle'")
				.param("name", hostile)
				.update();
			String page = page(run);
			assertThat(page).doesNotContain("<img", "<svg/", "onmouseover=\"", "\u202E", "\u2028", "<!--");
			assertThat(tags(page, "script")).isEqualTo(2);
			assertThat(tags(page, "/script")).isEqualTo(2);
		}
	}

	static String hash(String text) {
		MessageDigest digest = Sha256.digest();
		return "sha256-" + Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static int tags(String page, String name) {
		Matcher tags = Pattern.compile("<" + name + "\\b").matcher(page);
		List<String> found = new ArrayList<>();
		while (tags.find()) {
			found.add(tags.group());
		}
		return found.size();
	}

	private static String inner(String page, String begin, String end) {
		int from = page.indexOf(begin) + begin.length();
		return page.substring(from, page.indexOf(end, from));
	}

	private String page(Run run) throws IOException {
		Path target = this.directory.resolve("page.html");
		Files.deleteIfExists(target);
		return Files.readString(this.stored.write(new HtmlReport(), run, List.of("A remark."), target).file());
	}

}
