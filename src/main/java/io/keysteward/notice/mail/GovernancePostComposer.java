package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.notice.mail.MailModel.Figure;
import io.keysteward.notice.webhook.ChannelMessage;
import io.keysteward.notice.webhook.ChannelMessage.Item;
import io.keysteward.notice.webhook.ChannelMessage.Rest;
import io.keysteward.run.Run;
import io.keysteward.run.Totals;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Writes the governance message for channels: the words of the governance mail, without
 * what only an auditor reads.
 */
final class GovernancePostComposer {

	private static final Rest REST = new Rest("more line", "which the report has", 0);

	private GovernancePostComposer() {
	}

	/**
	 * {@return the message}
	 * @param id its id
	 * @param run the run
	 * @param complete whether no other report of the run follows
	 * @param letter the content of the governance mail
	 * @param environment the environment; null: none
	 */
	static ChannelMessage message(String id, Run run, boolean complete, MailModel letter,
			@Nullable String environment) {
		List<String> paragraphs = new ArrayList<>();
		if (letter.replaces()) {
			paragraphs.add("This report is complete. It replaces the one marked INCOMPLETE for the same run.");
		}
		paragraphs.add(letter.summary());
		if (!letter.changes().isEmpty()) {
			paragraphs.add("Since the last run: " + line(letter.changes()));
		}
		paragraphs.add(StringUtils.capitalize(letter.reportTitle()) + ": " + letter.report());
		return new ChannelMessage(id, "keysteward.report", run.asOf(), letter.subject(), paragraphs, items(letter),
				REST, facts(run, complete, environment));
	}

	private static String line(List<Figure> figures) {
		return figures.stream()
			.map((figure) -> figure.value() + " " + figure.label())
			.collect(Collectors.joining(", "));
	}

	/** The most important first, in case there is no room for all. */
	private static List<Item> items(MailModel letter) {
		List<Item> items = new ArrayList<>();
		letter.failed()
			.forEach((source) -> items.add(new Item("Not read: " + source.title(), List.of(source.fault()),
					Map.of("about", "failed-source"))));
		letter.alarms().forEach((line) -> items.add(item("ALARM: " + line, "alarm")));
		letter.done().forEach((line) -> items.add(item(line, "done")));
		letter.warnings().forEach((line) -> items.add(item("Needs attention: " + line, "warning")));
		return items;
	}

	private static Item item(String line, String about) {
		return new Item(line, List.of(), Map.of("about", about));
	}

	private static Map<String, Object> facts(Run run, boolean complete, @Nullable String environment) {
		Map<String, Object> facts = new LinkedHashMap<>(RunFacts.of(run, environment));
		facts.put("complete", complete);
		Totals totals = run.totals();
		if (totals != null) {
			facts.put("judged", totals.judged());
			facts.put("flagged", totals.flaggedKeys());
			facts.put("new_findings", totals.newFindings());
			facts.put("worse_findings", totals.worseFindings());
			facts.put("resolved_findings", totals.resolvedFindings());
			if (totals.actions() != null) {
				facts.put("disabled", totals.actions().disabled());
				facts.put("failed", totals.actions().failed());
				facts.put("held", totals.actions().held());
			}
		}
		return facts;
	}

}
