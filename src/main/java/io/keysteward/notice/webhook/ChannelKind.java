package io.keysteward.notice.webhook;

import java.util.Locale;

/**
 * The kinds of channels.
 */
public enum ChannelKind {

	/** An incoming webhook of Slack, or of what understands the same messages. */
	SLACK(new SlackFormat()),

	/** A workflow of Microsoft Teams. */
	TEAMS(new TeamsFormat()),

	/** A receiver of one's own, as Standard Webhooks describes it. */
	WEBHOOK(new WebhookFormat());

	private final ChannelFormat format;

	ChannelKind(ChannelFormat format) {
		this.format = format;
	}

	ChannelFormat format() {
		return this.format;
	}

	/**
	 * {@return whether messages are signed and have an id by which a receiver knows a
	 * repeated one}
	 */
	boolean signs() {
		return this == WEBHOOK;
	}

	/**
	 * {@return the word for it in settings and messages}
	 */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
