package io.keysteward.notice.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.mail.OwnerMailModel.KeyLine;
import io.keysteward.notice.webhook.ChannelMessage;
import io.keysteward.notice.webhook.ChannelMessage.Item;
import io.keysteward.notice.webhook.ChannelMessage.Rest;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to channels of owners: the words of their mails.
 *
 * @param run the run that posts them
 * @param sources its sources, for their titles
 * @param addresses the contact for questions, and the environment
 * @param reminders the words of reminders
 */
record OwnerPostComposer(Run run, List<RunSource> sources, Addresses addresses, Reminders reminders) {

	/**
	 * {@return the message}
	 * @param notice its row in the outbox
	 * @param keys the keys, the most urgent first
	 * @param alsoMailed whether a mail is about some of them
	 */
	ChannelMessage message(Notice notice, List<NamedKey> keys, boolean alsoMailed) {
		OwnerMailModel letter = OwnerMailComposer.post(this.run, this.sources, notice.kind(), keys, this.addresses,
				this.reminders);
		List<String> paragraphs = new ArrayList<>(List.of(letter.summary()));
		paragraphs.addAll(letter.paragraphs());
		letter.steps().forEach((step) -> paragraphs.add(step.want() + ": " + step.how()));
		letter.facts().forEach((fact) -> paragraphs.add(fact.label() + ": " + fact.value()));
		List<Item> items = new ArrayList<>();
		for (int index = 0; index < letter.keys().size(); index++) {
			items.add(item(letter.keys().get(index), keys.get(index)));
		}
		return new ChannelMessage(notice.messageId(), "keysteward." + notice.kind().name().toLowerCase(Locale.ROOT),
				this.run.asOf(), letter.subject(), paragraphs, items,
				new Rest("more key", where(notice, alsoMailed), keys.size() - items.size()), facts(keys.size()));
	}

	/** What a mail has named is not due again, so that no later message names it. */
	private static String where(Notice notice, boolean alsoMailed) {
		if (OwnerChannel.parse(notice.recipient()).filter(OwnerChannel::answers).isEmpty()) {
			return alsoMailed ? "which the mail to the owner names" : "for which there is no room here";
		}
		return alsoMailed ? "which the mail or a later message names" : "which later messages name";
	}

	private static Item item(KeyLine line, NamedKey key) {
		List<String> lines = new ArrayList<>(List.of(line.when()));
		line.facts().forEach((fact) -> lines.add(fact.label() + ": " + fact.value()));
		lines.addAll(line.reasons());
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("source", key.source());
		facts.put("key_id", SafeText.visible(key.keyId()));
		put(facts, "name", key.name());
		put(facts, "masked_key", key.maskedKey());
		put(facts, "project_id", key.projectId());
		put(facts, "due_at", key.dueAt());
		put(facts, "done_at", key.doneAt());
		return new Item(line.name(), lines, facts);
	}

	private static void put(Map<String, Object> facts, String name, @Nullable String text) {
		if (text != null) {
			facts.put(name, SafeText.shortened(text));
		}
	}

	private static void put(Map<String, Object> facts, String name, @Nullable Instant at) {
		if (at != null) {
			facts.put(name, at.toString());
		}
	}

	private Map<String, Object> facts(int keys) {
		Map<String, Object> facts = new LinkedHashMap<>(RunFacts.of(this.run, this.addresses.environment()));
		facts.put("keys", keys);
		return facts;
	}

}
