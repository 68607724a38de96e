package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.notice.mail.MailErrorTranslator.Refusal;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks who did not get a run's governance mail, and decides whether that fails the run.
 */
final class Deliveries {

	private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

	private final String runKey;

	private final int recipients;

	private final List<Refusal> missed = new ArrayList<>();

	private boolean retryable;

	/**
	 * Starts with no refusal.
	 * @param runKey the run's key
	 * @param recipients the number of all recipients, including those who have the mail
	 * already
	 */
	Deliveries(String runKey, int recipients) {
		this.runKey = SafeText.shortened(runKey);
		this.recipients = recipients;
	}

	/**
	 * Notes a recipient who did not get the mail.
	 * @param refusal the server's refusal
	 * @param failedBefore whether the report before failed too: then this recipient does
	 * not fail the run
	 */
	void missed(Refusal refusal, boolean failedBefore) {
		this.missed.add(refusal);
		this.retryable |= refusal.isTransient() && !failedBefore;
	}

	/**
	 * Logs the result.
	 * @throws Failure where nobody got the mail, or trying again may help
	 */
	void end() {
		if (this.missed.size() == this.recipients) {
			throw nobody();
		}
		this.missed.forEach((refusal) -> log.warn("run {}: a recipient has no governance mail: {}; {}{}", this.runKey,
				refusal.answer(), others(), advice(refusal)));
		if (this.retryable) {
			throw Failure.retry("the governance mail has not reached everybody: "
					+ this.missed.stream().filter(Refusal::isTransient).findFirst().orElseThrow().answer() + "; "
					+ others()
					+ "; start again later: nobody gets it twice, and whoever is refused once more is not waited for",
					null);
		}
		log.info("run {}: the governance mail was taken for {}", this.runKey,
				MailFormat.count(this.recipients - this.missed.size(), "recipient"));
	}

	private Failure nobody() {
		if (this.missed.size() > 1) {
			this.missed.forEach((refusal) -> log.warn("run {}: {}", this.runKey, refusal.answer()));
		}
		return this.missed.stream().filter(Refusal::isTransient).findFirst().orElse(this.missed.get(0)).failure();
	}

	private String others() {
		int others = this.recipients - this.missed.size();
		return (others == 1) ? "1 other has it" : others + " others have it";
	}

	private static String advice(Refusal refusal) {
		return refusal.recipients().isEmpty() ? ""
				: "; correct keysteward.mail.to, or let the server relay to this address";
	}

}
