package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.notice.mail.MailErrorTranslator.Refusal;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has got a run's governance mail and who has not, and whether that fails the run.
 */
final class Deliveries {

	private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

	private final String runKey;

	private final int recipients;

	private final List<Refusal> missed = new ArrayList<>();

	private boolean mayPass;

	/**
	 * Begins with everybody served.
	 * @param runKey the run
	 * @param recipients how many there are, with those who have the mail already
	 */
	Deliveries(String runKey, int recipients) {
		this.runKey = SafeText.shortened(runKey);
		this.recipients = recipients;
	}

	/**
	 * Somebody has not got the mail.
	 * @param refusal why
	 * @param failedBefore whether they did not get the one before either: then they are
	 * not waited for
	 */
	void missed(Refusal refusal, boolean failedBefore) {
		this.missed.add(refusal);
		this.mayPass |= refusal.mayPass() && !failedBefore;
	}

	/**
	 * Says how it went.
	 * @throws Failure where nobody has got the mail, or trying again may help
	 */
	void end() {
		if (this.missed.size() == this.recipients) {
			throw nobody();
		}
		this.missed.forEach((refusal) -> log.warn("run {}: a recipient has no governance mail: {}; {}{}", this.runKey,
				refusal.answer(), others(), advice(refusal)));
		if (this.mayPass) {
			throw Failure.retry("the governance mail has not reached everybody: "
					+ this.missed.stream().filter(Refusal::mayPass).findFirst().orElseThrow().answer() + "; " + others()
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
		return this.missed.stream().filter(Refusal::mayPass).findFirst().orElse(this.missed.get(0)).failure();
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
