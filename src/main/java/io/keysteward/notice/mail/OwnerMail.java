package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.keysteward.insight.KeyListFormat;
import io.keysteward.insight.NoticeKeys;
import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.key.KeyId;
import io.keysteward.notice.Outbox;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.OwnerOutbox;
import io.keysteward.notice.OwnerOutbox.Queued;
import io.keysteward.notice.mail.MailErrorTranslator.Refusal;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Sends one mail to owners, and records who got it and which keys it named.
 */
@Component
class OwnerMail {

	private static final Logger logger = LoggerFactory.getLogger(OwnerMail.class);

	private final MailServer server;

	private final MailSettings settings;

	private final Outbox outbox;

	private final OwnerOutbox queue;

	private final NoticeKeys keys;

	private final Runs runs;

	private final Templates templates;

	private final KeyListFormat lists;

	private final Reminders reminders;

	OwnerMail(MailServer server, MailSettings settings, Outbox outbox, OwnerOutbox queue, NoticeKeys keys, Runs runs,
			Templates templates, KeyListFormat lists, Reminders reminders) {
		this.server = server;
		this.settings = settings;
		this.outbox = outbox;
		this.queue = queue;
		this.keys = keys;
		this.runs = runs;
		this.templates = templates;
		this.lists = lists;
		this.reminders = reminders;
	}

	/**
	 * {@return whether somebody got the mail}
	 * @throws Failure where the server accepts no mail at all
	 */
	boolean send(Run run, Queued queued) {
		this.server.checkSettings();
		List<NamedKey> named = this.keys.find(queued.id(), run.id(), queued.notice().kind());
		OwnerMessage message = OwnerMessage.of(run, this.runs.sources(run.id()), queued.notice(), named, this.settings,
				this.reminders, this.templates, this.lists);
		this.outbox.sending(queued.notice());
		try {
			return record(queued, offer(message, queued.recipients()));
		}
		catch (Failure ex) {
			this.outbox.failed(queued.notice(), ex.line());
			throw ex;
		}
	}

	/** A refused recipient does not keep the others from getting the mail. */
	private Delivery offer(OwnerMessage message, List<String> to) {
		Optional<Refusal> refusal = this.server.offer(message.fill(this.server.message(), to));
		if (refusal.isEmpty()) {
			return new Delivery(to, message, List.of());
		}
		String answer = refusal.get().answer();
		logger.warn("{} mail {}: {}", message.notice().kind(), message.notice().messageId(), answer);
		List<String> rest = to.stream()
			.filter((address) -> !refusal.get().recipients().contains(address.toLowerCase(Locale.ROOT)))
			.toList();
		if (!rest.isEmpty() && rest.size() < to.size()) {
			return offer(message, rest).after(answer);
		}
		if (message.hasAttachment() && refusal.get().ofContent()) {
			return offer(message.withoutAttachment(), to).after(answer);
		}
		if (rest.size() > 1) {
			// A server may refuse one of them, but only after the message.
			return rest.stream()
				.map((address) -> offer(message, List.of(address)))
				.reduce(new Delivery(List.of(), message, List.of()), Delivery::and)
				.after(answer);
		}
		return new Delivery(List.of(), message, List.of(answer));
	}

	private boolean record(Queued queued, Delivery delivery) {
		Notice notice = queued.notice();
		String detail = String.join("; ", delivery.answer());
		if (delivery.by().isEmpty()) {
			this.outbox.failed(notice, detail);
			return false;
		}
		List<KeyId> named = delivery.message()
			.named()
			.stream()
			.map((key) -> new KeyId(key.source(), key.keyId()))
			.toList();
		if (this.queue.nameOnly(queued.id(), named) > 0) {
			logger.warn("{} mail {}: it went without the list of all of its keys, and names the first {} only; the next"
					+ " run names others. Set keysteward.mail.max-attachment below what the server takes, or let it take"
					+ " .xlsx files", notice.kind(), notice.messageId(), named.size());
		}
		this.outbox.sent(
				new Notice(notice.runId(), notice.kind(), String.join(", ", delivery.by()), notice.messageId()),
				detail.isEmpty() ? null : detail);
		return true;
	}

	/**
	 * The result of an attempt.
	 *
	 * @param by those who got the mail; empty: nobody
	 * @param message the shortest version that one of them got
	 * @param answer the server's refusals
	 */
	private record Delivery(List<String> by, OwnerMessage message, List<String> answer) {

		Delivery after(String refused) {
			List<String> all = new ArrayList<>(List.of(refused));
			all.addAll(this.answer);
			return new Delivery(this.by, this.message, all.stream().distinct().toList());
		}

		Delivery and(Delivery other) {
			List<String> both = new ArrayList<>(this.by);
			both.addAll(other.by);
			List<String> all = new ArrayList<>(this.answer);
			all.addAll(other.answer);
			return new Delivery(both, this.message.hasAttachment() ? other.message : this.message, all);
		}

	}

}
