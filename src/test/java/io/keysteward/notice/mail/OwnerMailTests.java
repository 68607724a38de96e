package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.keysteward.insight.LastUse;
import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.key.Usage;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.Reminder;
import io.keysteward.run.Reminders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OwnerMailTests {

	private static final List<NamedKey> KEYS = List.of(new NamedKey("api-keys", "k-0017", "orders export",
			"sk-a****9f3c", "p-shop", "Shop", Instant.parse("2026-02-01T09:00:00Z"),
			LastUse.of(Usage.State.USED, Instant.parse("2026-08-20T08:30:00Z")),
			List.of("Last used on 2026-08-20, 95 days ago; the threshold is 90 days."),
			Instant.parse("2026-12-07T02:00:00Z"), Instant.parse("2026-11-23T02:03:00Z"), Duration.ofSeconds(60)),
			new NamedKey("ci", "4711", null, null, "p-9", null, Instant.parse("2025-03-01T09:00:00Z"),
					LastUse.of(Usage.State.NEVER_USED, null),
					List.of("Never used since it was created on 2025-03-01; the threshold is 90 days.",
							"Its project is deleted."),
					Instant.parse("2026-12-21T02:00:00Z"), Instant.parse("2026-11-23T02:03:04Z"),
					Duration.ofMinutes(5)),
			new NamedKey("gone", "x-1", "old", "••••", null, null, null, LastUse.of(Usage.State.UNKNOWN, null),
					List.of(), null, null, Duration.ZERO));

	/** Ten days before the first of the keys is due, a day after the run. */
	private static final Reminders REMINDERS = new Reminders(List.of(new Reminder(Duration.ofDays(20), "Two weeks left",
			"Ask your team, too: the key may be in a program that somebody else looks after.")));

	private final Templates templates = new Templates();

	@ParameterizedTest
	@ValueSource(strings = { "warning", "reminder", "final", "disabled", "restored", "report-only" })
	void theMailSaysWhatItsGoldenFileSays(String name) throws IOException {
		OwnerMailModel letter = letter(name, KEYS);
		String text = "Subject: " + letter.subject() + "\n\n" + this.templates.write("owner.txt", letter);
		String html = this.templates.write("owner.html", letter);
		written(name + ".txt", text);
		written(name + ".html", html);
		assertThat(golden(name + ".txt")).content().isEqualTo(text);
		assertThat(golden(name + ".html")).content().isEqualTo(html);
	}

	@Test
	void oneKeyIsSpokenOfAsOne() {
		String text = this.templates.write("owner.txt", letter("warning", KEYS.subList(0, 1)));
		assertThat(text).startsWith("1 unused API key may be disabled")
			.contains("If nothing changes, it may be disabled on or after 7 December 2026 (UTC).", "\nThe key\n");
	}

	@ParameterizedTest
	@CsvSource({ "0, ' is refused now.'", "45, ', at the latest 45 seconds after it was disabled.'",
			"60, ', at the latest 1 minute after it was disabled.'",
			"5400, ', at the latest 90 minutes after it was disabled.'",
			"86400, ', at the latest 24 hours after it was disabled.'" })
	void aDisabledKeyIsRefusedOnlyWhenItsSystemHasHeardOfIt(long seconds, String words) {
		NamedKey key = KEYS.get(0);
		OwnerMailModel letter = letter("disabled",
				List.of(new NamedKey(key.source(), key.keyId(), key.name(), key.maskedKey(), key.projectId(),
						key.projectName(), key.createdAt(), key.lastUse(), key.reasons(), key.dueAt(), key.doneAt(),
						Duration.ofSeconds(seconds))));
		assertThat(letter.paragraphs().get(0)).contains("is refused" + words.replace(" is refused", ""));
	}

	@Test
	void aRunThatOnlyReportsThreatensNothing() {
		for (NamedKey key : KEYS.subList(0, 2)) {
			OwnerMailModel letter = letter("report-only", List.of(key));
			assertThat(letter.summary()).startsWith("Nothing is disabled now: Keysteward only reports so far.");
			assertThat(letter.subject()).endsWith("(report only so far)");
		}
	}

	@Test
	void twoHundredKeysAreListedAndOfMoreTheRestIsAttached() {
		List<NamedKey> keys = new ArrayList<>();
		for (int key = 0; key < 200; key++) {
			keys.add(KEYS.get(0));
		}
		assertThat(letter("final", keys)).returns(null, OwnerMailModel::attachment).returns(null, OwnerMailModel::more);
		keys.add(KEYS.get(0));
		assertThat(letter("final", keys).attachment()).isEqualTo("keys-2026-11-23.xlsx");
		assertThat(letter("final", keys).keys()).hasSize(200);
	}

	@Test
	void aMailLoadsNothingFromElsewhereAndHasNoLink() {
		assertThat(this.templates.write("owner.html", letter("final", KEYS))).doesNotContain("http", "src=", "url(",
				"<link", "<a ", "href", " th:");
	}

	private static OwnerMailModel letter(String name, List<NamedKey> keys) {
		RunFixture run = RunFixture.of("2026-11-23");
		if (!name.equals("report-only")) {
			run.update("mode = 'DISABLE'");
		}
		NoticeKind kind = name.equals("report-only") ? NoticeKind.WARNING
				: NoticeKind.valueOf(name.toUpperCase(Locale.ROOT));
		return OwnerMailComposer.letter(run.run(), run.sources(), kind, keys, 0, Addresses.of(OwnerNight.SETTINGS),
				REMINDERS);
	}

	/** What was written stays in target/golden, to be looked at, and copied if right. */
	private static void written(String file, String content) throws IOException {
		Path actual = Path.of("target/golden/owner-" + file);
		Files.createDirectories(actual.getParent());
		Files.writeString(actual, content);
	}

	private static Path golden(String file) {
		return Path.of("src/test/resources/io/keysteward/notice/mail/owner-" + file);
	}

}
