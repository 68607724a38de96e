package io.keysteward.notice.mail;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A channel among the recipients that {@code owners.yaml} names. It informs people; only
 * one that answers for a key counts as a recipient.
 *
 * @param id its id
 * @param answers whether it answers for the key
 */
record OwnerChannel(String id, boolean answers) {

	private static final String INFORMED = "channel:";

	private static final String ANSWERING = "answering-channel:";

	/**
	 * {@return the channel that a recipient is; empty: it is an address}
	 */
	static Optional<OwnerChannel> parse(@Nullable String recipient) {
		if (recipient == null) {
			return Optional.empty();
		}
		if (recipient.startsWith(ANSWERING)) {
			return Optional.of(new OwnerChannel(recipient.substring(ANSWERING.length()), true));
		}
		return recipient.startsWith(INFORMED)
				? Optional.of(new OwnerChannel(recipient.substring(INFORMED.length()), false)) : Optional.empty();
	}

	static boolean isAddress(String recipient) {
		return parse(recipient).isEmpty();
	}

	/**
	 * {@return the word for it in {@code owners.yaml} and in the outbox}
	 */
	String recipient() {
		return (this.answers ? ANSWERING : INFORMED) + this.id;
	}

	OwnerChannel informed() {
		return new OwnerChannel(this.id, false);
	}

}
