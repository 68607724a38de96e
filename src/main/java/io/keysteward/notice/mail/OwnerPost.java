package io.keysteward.notice.mail;

import java.util.List;

import io.keysteward.insight.NoticeKeys;
import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.key.KeyId;
import io.keysteward.notice.Outbox;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.OwnerOutbox;
import io.keysteward.notice.OwnerOutbox.Queued;
import io.keysteward.notice.webhook.Channel;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.notice.webhook.Delivery;
import io.keysteward.run.Reminders;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Posts one message to a channel of owners, and records what its answer proves and which
 * keys the message named. A channel that fails never fails the run: mail counts.
 */
@Component
class OwnerPost {

	private static final Logger logger = LoggerFactory.getLogger(OwnerPost.class);

	private final Channels channels;

	private final MailSettings settings;

	private final Outbox outbox;

	private final OwnerOutbox queue;

	private final NoticeKeys keys;

	private final Runs runs;

	private final Reminders reminders;

	OwnerPost(Channels channels, MailSettings settings, Outbox outbox, OwnerOutbox queue, NoticeKeys keys, Runs runs,
			Reminders reminders) {
		this.channels = channels;
		this.settings = settings;
		this.outbox = outbox;
		this.queue = queue;
		this.keys = keys;
		this.runs = runs;
		this.reminders = reminders;
	}

	/**
	 * {@return whether the channel took the message}
	 */
	boolean send(Run run, Queued queued, String id) {
		Notice notice = queued.notice();
		Channel channel = this.channels.find(id)
			.orElseThrow(() -> new IllegalStateException("owners.yaml names channels that are configured"));
		List<NamedKey> named = this.keys.find(queued.id(), run.id(), notice.kind());
		OwnerPostComposer composer = new OwnerPostComposer(run, this.runs.sources(run.id()),
				Addresses.of(this.settings), this.reminders);
		this.outbox.sending(notice);
		Delivery delivery = channel.post(composer.message(notice, named, this.queue.isAlsoMailed(queued)));
		if (!delivery.taken()) {
			logger.warn("{} message {}: {}", notice.kind(), notice.messageId(), delivery.detail());
			this.outbox.failed(notice, delivery.detail());
			return false;
		}
		this.queue.nameOnly(queued.id(),
				named.stream().limit(delivery.named()).map((key) -> new KeyId(key.source(), key.keyId())).toList());
		this.outbox.posted(notice, delivery.proven(), delivery.detail());
		return true;
	}

}
