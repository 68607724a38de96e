package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.insight.RunIncidents;
import io.keysteward.notice.Outbox;
import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.webhook.Channel;
import io.keysteward.notice.webhook.ChannelMessage;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.notice.webhook.Delivery;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.NoticeStatus;
import io.keysteward.run.Run;
import io.keysteward.run.RunSource;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Posts the result of a run to each channel for governance once, and again if an
 * incomplete report was completed.
 */
@Component
public class GovernancePosts {

	private static final Logger logger = LoggerFactory.getLogger(GovernancePosts.class);

	private final Channels channels;

	private final MailServer server;

	private final MailSettings settings;

	private final Outbox outbox;

	private final RunIncidents events;

	private final @Nullable String environment;

	/**
	 * Checks the environment, which only mail would check otherwise.
	 * @throws Failure of configuration, where it is not valid
	 */
	GovernancePosts(Channels channels, MailServer server, MailSettings settings, Outbox outbox, RunIncidents events) {
		this.channels = channels;
		this.server = server;
		this.settings = settings;
		this.outbox = outbox;
		this.events = events;
		this.environment = Addresses.environment(settings.environment());
	}

	/**
	 * Posts a run's result to every channel that is not recorded to have it.
	 * @param run a run with totals
	 * @param sources the results of reading its sources
	 * @param reports its reports, of which the message names the place of the first one
	 * for people
	 * @param notSentReason why owners could not be notified yet; null: they were
	 * @throws Failure where a channel may get it later, or where nobody is told
	 */
	public void send(Run run, List<RunSource> sources, List<MailedReport> reports, @Nullable String notSentReason) {
		boolean complete = GovernanceMail.isComplete(run, sources, notSentReason);
		List<Recipient> waiting = waiting(run, complete);
		if (waiting.isEmpty()) {
			return;
		}
		ReportAttachment report = ReportAttachment.named(run, MailedReport.main(reports), this.settings);
		RunIncidents.Events incidents = this.events.find(run.id(), notSentReason);
		List<Missed> missed = new ArrayList<>();
		for (Recipient recipient : waiting) {
			MailModel letter = GovernanceMailComposer.of(run, sources, incidents, report, reports, this.environment,
					recipient.replaces());
			Delivery delivery = post(recipient, GovernancePostComposer.message(recipient.notice().messageId(), run,
					complete, letter, this.environment));
			if (delivery.taken()) {
				logger.info("run {}: the governance message is in channel {}{}", SafeText.shortened(run.key()),
						recipient.channel().id(), delivery.proven() ? "" : " (" + delivery.detail() + ")");
			}
			else {
				missed.add(new Missed(delivery, recipient.failedBefore()));
			}
		}
		end(run, missed);
	}

	/** All channels have a row before the first message, so that a crash loses none. */
	private List<Recipient> waiting(Run run, boolean complete) {
		List<Recipient> waiting = new ArrayList<>();
		for (Channel channel : this.channels.all()) {
			if (!channel.isForGovernance()) {
				continue;
			}
			String to = new OwnerChannel(channel.id(), false).recipient();
			Notice notice = new Notice(run.id(), NoticeKind.REPORT, to,
					MessageId.ofReportPost(run, complete, to, this.environment), channel.id());
			NoticeStatus status = this.outbox.pending(notice);
			if (status == NoticeStatus.SENDING) {
				logger.warn(Outbox.PERHAPS_POSTED, notice.messageId(), to);
			}
			if (status != NoticeStatus.SENT) {
				waiting.add(new Recipient(channel, notice, complete && mayHaveIncomplete(run, to),
						this.outbox.failedBefore(notice)));
			}
		}
		return waiting;
	}

	private boolean mayHaveIncomplete(Run run, String to) {
		return this.outbox.mayHaveBeenSent(MessageId.ofReportPost(run, false, to, this.environment));
	}

	private Delivery post(Recipient recipient, ChannelMessage message) {
		this.outbox.sending(recipient.notice());
		Delivery delivery = recipient.channel().post(message);
		if (delivery.taken()) {
			this.outbox.posted(recipient.notice(), delivery.proven(), delivery.detail());
		}
		else {
			this.outbox.failed(recipient.notice(), delivery.detail());
		}
		return delivery;
	}

	/**
	 * A channel that failed last time too does not fail the run again, unless nobody has
	 * the message.
	 */
	private void end(Run run, List<Missed> missed) {
		missed.forEach((each) -> logger.warn("run {}: a channel has no governance message: {}",
				SafeText.shortened(run.key()), each.delivery().detail()));
		if (!missed.isEmpty() && missed.size() == governance() && !this.server.configured()) {
			throw nobody(missed);
		}
		missed.stream()
			.filter((each) -> each.delivery().isTransient() && !each.failedBefore())
			.findFirst()
			.ifPresent((each) -> {
				throw Failure.retry(
						each.delivery().detail() + "; start again later: a channel that has the governance"
								+ " message does not get it again, and one that fails once more is not waited for",
						null);
			});
	}

	private long governance() {
		return this.channels.all().stream().filter(Channel::isForGovernance).count();
	}

	private static Failure nobody(List<Missed> missed) {
		String why = "; nobody has the governance message, since no mail server is configured either";
		return missed.stream()
			.map(Missed::delivery)
			.filter(Delivery::isTransient)
			.findFirst()
			.map((delivery) -> Failure.retry(delivery.detail() + why + "; start again later", null))
			.orElseGet(() -> Failure.configuration(missed.get(0).delivery().detail() + why));
	}

	/**
	 * A channel that has no message yet.
	 *
	 * @param channel the channel
	 * @param notice its row in the outbox
	 * @param replaces whether it may have an incomplete report of the run
	 * @param failedBefore whether the last attempt to post it a report failed
	 */
	private record Recipient(Channel channel, Notice notice, boolean replaces, boolean failedBefore) {
	}

	/**
	 * A message that a channel did not take.
	 */
	private record Missed(Delivery delivery, boolean failedBefore) {
	}

}
