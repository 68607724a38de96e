package io.keysteward.notice.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.keysteward.insight.NoName;
import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.notice.mail.MailModel.Fact;
import io.keysteward.notice.mail.OwnerMailModel.KeyLine;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.RunMode;
import io.keysteward.run.RunSource;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Describes a key so that its owner recognises it.
 *
 * @param kind the kind of notice
 * @param mode whether the run disables
 * @param sources the run's sources, for their titles
 */
record OwnerKeyLines(NoticeKind kind, RunMode mode, List<RunSource> sources) {

	/** Text that a mail program turns into a link. */
	private static final Pattern LINK = Pattern.compile("(?i)(?<=[a-z]:)(?=//)|(?<=\\bwww)(?=\\.)");

	KeyLine describe(NamedKey key) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Id", shown(key.keyId())));
		facts.add(new Fact("Where", where(key)));
		if (StringUtils.hasText(key.maskedKey())) {
			facts.add(new Fact("Value", shown(key.maskedKey())));
		}
		facts.add(new Fact("Created", (key.createdAt() != null) ? MailFormat.day(key.createdAt()) : "not known"));
		facts.add(new Fact("Last used", key.lastUse().text(MailFormat::day)));
		return new KeyLine(StringUtils.hasText(key.name()) ? shown(key.name()) : NoName.OF_KEY, when(key), facts,
				(this.kind != NoticeKind.RESTORED) ? key.reasons().stream().map(OwnerKeyLines::shown).toList()
						: List.of());
	}

	private String when(NamedKey key) {
		return switch (this.kind) {
			case DISABLED -> "Disabled" + at(key.doneAt());
			case RESTORED -> "Switched on again" + at(key.doneAt());
			case WARNING, REMINDER, FINAL -> announced(key.dueAt());
			case REPORT -> throw new IllegalArgumentException("A report is no mail to owners");
		};
	}

	private String announced(@Nullable Instant due) {
		if (due == null) {
			return "No date is set yet";
		}
		String date = " on or after " + MailFormat.day(due) + " (UTC)";
		return (this.mode == RunMode.REPORT) ? "Once disabling is switched on: may be disabled" + date
				: "May be disabled" + date;
	}

	private static String at(@Nullable Instant done) {
		return (done != null) ? " on " + MailFormat.minute(done) + " (UTC)" : "";
	}

	private String where(NamedKey key) {
		String source = this.sources.stream()
			.filter((each) -> each.source().equals(key.source()))
			.map((each) -> shown(each.title()) + " (" + shown(key.source()) + ")")
			.findFirst()
			.orElse(shown(key.source()));
		if (key.projectId() == null) {
			return source;
		}
		return source + ", project " + (StringUtils.hasText(key.projectName())
				? shown(key.projectName()) + " (" + shown(key.projectId()) + ")" : shown(key.projectId()));
	}

	/** Untrusted text as one line without hidden characters and links. */
	private static String shown(@Nullable String text) {
		return LINK.matcher(SafeText.shortened(text)).replaceAll("[]");
	}

}
