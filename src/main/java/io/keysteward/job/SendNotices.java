package io.keysteward.job;

import io.keysteward.notice.OwnerOutbox;
import io.keysteward.notice.mail.OwnerNotices;
import io.keysteward.run.Run;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Step {@code sendNotices}: a mail server that takes nothing does not keep the report
 * from being written; {@code sendReport} fails the run for it.
 */
@Component
class SendNotices {

	private static final Logger logger = LoggerFactory.getLogger(SendNotices.class);

	private final OwnerNotices notices;

	private final ActiveRun current;

	SendNotices(OwnerNotices notices, ActiveRun current) {
		this.notices = notices;
		this.current = current;
	}

	/**
	 * Sends the next mail.
	 * @param first whether the step starts
	 * @return whether there may be another one
	 */
	boolean next(Run run, boolean first) {
		try {
			if (first) {
				this.current.attempt().noticesNotSent(null);
				this.notices.prepare(run);
			}
			if (this.notices.sendNext(run)) {
				return true;
			}
			OwnerOutbox.Tally tally = this.notices.tally(run);
			if (tally.sent() + tally.failed() > 0) {
				logger.info("run {}: {} to owners {} taken, naming {}; {} failed", run.key(),
						Plural.of(tally.sent(), "mail"), Plural.word(tally.sent(), "was", "were"),
						Plural.of(tally.keys(), "key"), tally.failed());
			}
			OwnerOutbox.Tally posts = this.notices.tallyOfChannels(run);
			if (posts.sent() + posts.failed() > 0) {
				logger.info("run {}: {} to channels of owners {} taken; {} failed", run.key(),
						Plural.of(posts.sent(), "message"), Plural.word(posts.sent(), "was", "were"), posts.failed());
			}
		}
		catch (Failure ex) {
			logger.error("run {}: owners could not be told: {}", run.key(), ex.line());
			this.current.attempt().noticesNotSent(ex);
		}
		return false;
	}

	/**
	 * {@return why owners could not be told, so that a next start has to; null: it has
	 * not to}
	 */
	@Nullable String obstacle() {
		Failure failure = this.current.attempt().unsentNotices();
		return (failure != null) ? failure.line() : null;
	}

	/** Fails where some owners could not be told. */
	void requireSent() {
		Failure failure = this.current.attempt().unsentNotices();
		if (failure != null) {
			throw failure;
		}
	}

}
