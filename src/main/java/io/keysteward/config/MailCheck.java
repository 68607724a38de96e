package io.keysteward.config;

import io.keysteward.notice.mail.GovernanceMail;
import io.keysteward.notice.mail.Recipients;

/**
 * Recipients are valid and the mail server answers.
 */
final class MailCheck implements ReadinessCheck {

	private final Recipients recipients;

	private final GovernanceMail mail;

	/** Recipients come first: they can be wrong without a server. */
	MailCheck(Recipients recipients, GovernanceMail mail) {
		this.recipients = recipients;
		this.mail = mail;
	}

	@Override
	public String check(Trial trial) {
		if (!this.mail.configured()) {
			return "spring.mail.host is not set: nothing will be mailed";
		}
		this.mail.check();
		if (!this.recipients.active()) {
			return "the mail server answers; owners are not warned (keysteward.mail.warn-owners)";
		}
		return "the mail server answers; owners are warned, and where none is known "
				+ (this.recipients.hasFallback() ? "the fallback" : "nobody (keysteward.mail.fallback is not set)");
	}

}
