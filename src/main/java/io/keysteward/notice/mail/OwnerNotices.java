package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.insight.DueNotices;
import io.keysteward.insight.DueNotices.DueNotice;
import io.keysteward.key.KeyId;
import io.keysteward.notice.Outbox;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.OwnerOutbox;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.NoticeStatus;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.RunJournal;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notifies owners about coming and past changes of their keys, with one mail for each set
 * of recipients and kind in a run, and one message to each of their channels.
 */
@Component
public class OwnerNotices {

	private static final Logger logger = LoggerFactory.getLogger(OwnerNotices.class);

	/**
	 * The most important mails go first, in case the server stops accepting mail; a
	 * restored key is reported before its next warning.
	 */
	static final List<NoticeKind> ORDER = List.of(NoticeKind.DISABLED, NoticeKind.FINAL, NoticeKind.REMINDER,
			NoticeKind.RESTORED, NoticeKind.WARNING);

	/** With more keys a mail would be too large for many servers. */
	private static final int LARGEST = 10_000;

	private final DueNotices work;

	private final Recipients recipients;

	private final Outbox outbox;

	private final OwnerOutbox queue;

	private final OwnerMail mail;

	private final OwnerPost post;

	private final MailSettings settings;

	private final Reminders reminders;

	private final RunJournal journal;

	private final TransactionTemplate newTransaction;

	OwnerNotices(DueNotices work, Recipients recipients, Outbox outbox, OwnerOutbox queue, OwnerMail mail,
			OwnerPost post, MailSettings settings, Reminders reminders, RunJournal journal,
			PlatformTransactionManager transactions) {
		this.work = work;
		this.recipients = recipients;
		this.outbox = outbox;
		this.queue = queue;
		this.mail = mail;
		this.post = post;
		this.settings = settings;
		this.reminders = reminders;
		this.journal = journal;
		this.newTransaction = new TransactionTemplate(transactions);
		this.newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Queues every mail that the run owes to owners, with its keys, and withdraws others.
	 * Call it once when the step starts: sent mails stay sent; all others, refused ones
	 * too, are queued under their message ids. Reports that are already written become
	 * outdated.
	 * @param run a planned run
	 * @return the number of queued mails; 0 if owners are not mailed
	 * @throws Failure of configuration, where the mail's settings are wrong
	 */
	public int prepare(Run run) {
		List<Batch> batches = this.recipients.active() ? batches(run) : List.of();
		Set<String> queued = new HashSet<>();
		this.newTransaction.executeWithoutResult((status) -> {
			batches.forEach((batch) -> queue(run, batch, queued));
			int withdrawn = this.queue.withdrawOthers(run, queued);
			if (!queued.isEmpty() || withdrawn > 0) {
				this.journal.outdateReports(run.id());
			}
		});
		return queued.size();
	}

	/**
	 * Sends the next queued mail and records the result. A mail that the server refuses
	 * for all recipients is recorded as failed.
	 * @param run the run
	 * @return whether there was a mail, so that more may follow; false: none is left
	 * @throws Failure where the server accepts no mail at all, now or with these
	 * settings; sent mails stay sent
	 */
	public boolean sendNext(Run run) {
		return this.recipients.active() && this.queue.next(run).map((next) -> send(run, next)).isPresent();
	}

	private boolean send(Run run, OwnerOutbox.Queued next) {
		return (next.notice().channel() == null) ? this.mail.send(run, next)
				: this.post.send(run, next, next.notice().channel());
	}

	/**
	 * {@return the counts of the run's messages to channels of owners so far}
	 */
	public OwnerOutbox.Tally tallyOfChannels(Run run) {
		return this.queue.tallyOfChannels(run);
	}

	/**
	 * {@return the counts of the run's mails to owners so far}
	 */
	public OwnerOutbox.Tally tally(Run run) {
		return this.queue.tally(run);
	}

	private List<Batch> batches(Run run) {
		Map<String, Batch> batches = new TreeMap<>();
		for (DueNotice item : this.work.of(run)) {
			List<String> addresses = this.recipients.find(item.contact())
				.stream()
				.filter(OwnerChannel::isAddress)
				.toList();
			if (!addresses.isEmpty() && !item.mailed()) {
				add(run, item, addresses, null, batches);
			}
			for (OwnerChannel channel : this.recipients.findChannels(item.contact())) {
				if (!item.channels().contains(channel.id())) {
					add(run, item, List.of(channel.recipient()), channel, batches);
				}
			}
		}
		return List.copyOf(batches.values());
	}

	private void add(Run run, DueNotice item, List<String> to, @Nullable OwnerChannel channel,
			Map<String, Batch> batches) {
		String what = what(run, item);
		String order = ORDER.indexOf(item.kind()) + " " + what + ((channel == null) ? " " : "~")
				+ String.join(", ", to).toLowerCase(Locale.ROOT);
		batches.computeIfAbsent(order, (absent) -> new Batch(item.kind(), what, to, channel, new ArrayList<>()))
			.keys()
			.add(item.key());
	}

	/** One mail has the words of one reminder. */
	private String what(Run run, DueNotice item) {
		if (item.kind() != NoticeKind.REMINDER || item.dueAt() == null) {
			return item.kind().name();
		}
		return this.reminders.dueBy(item.dueAt(), run.asOf())
			.map((reminder) -> item.kind() + "-" + reminder.before().toDays() + "d")
			.orElse(item.kind().name());
	}

	private void queue(Run run, Batch batch, Set<String> queued) {
		batch.keys().sort(Comparator.comparing(KeyId::source).thenComparing(KeyId::id));
		if (batch.channel() == null) {
			queueMails(run, batch, queued);
		}
		else {
			queuePost(run, batch, batch.channel(), queued);
		}
	}

	/**
	 * One message, which names as many keys as it has room for. A channel that only
	 * informs gets no second one; one that answers is to name every key.
	 */
	private void queuePost(Run run, Batch batch, OwnerChannel channel, Set<String> queued) {
		int number = 0;
		String id;
		Optional<NoticeStatus> before;
		do {
			number++;
			id = MessageId.ofPost(run, batch.what(), channel.recipient(), number, this.settings.environment());
			before = this.outbox.status(id);
		}
		while (channel.answers() && before.filter(NoticeStatus.SENT::equals).isPresent());
		if (before.filter(NoticeStatus.SENT::equals).isPresent()) {
			return;
		}
		queued.add(id);
		if (before.filter(NoticeStatus.SENDING::equals).isPresent()) {
			logger.warn(Outbox.PERHAPS_POSTED, id, channel.recipient());
		}
		this.queue.queue(new Notice(run.id(), batch.kind(), channel.recipient(), id, channel.id()), batch.keys());
	}

	private void queueMails(Run run, Batch batch, Set<String> queued) {
		Addresses addresses = Addresses.of(this.settings);
		int number = 0;
		for (int from = 0; from < batch.keys().size(); from += LARGEST) {
			String id;
			Optional<NoticeStatus> before;
			do {
				number++;
				id = MessageId.ofNotice(run, batch.what(), batch.recipients(), number, addresses);
				before = this.outbox.status(id);
			}
			while (before.filter(NoticeStatus.SENT::equals).isPresent());
			queued.add(id);
			if (before.filter(NoticeStatus.SENDING::equals).isPresent()) {
				logger.warn(Outbox.PERHAPS_SENT, id);
			}
			this.queue.queue(new Notice(run.id(), batch.kind(), String.join(", ", batch.recipients()), id),
					batch.keys().subList(from, Math.min(from + LARGEST, batch.keys().size())));
		}
	}

	private record Batch(NoticeKind kind, String what, List<String> recipients, @Nullable OwnerChannel channel,
			List<KeyId> keys) {
	}

}
