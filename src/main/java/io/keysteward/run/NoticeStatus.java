package io.keysteward.run;

/**
 * How a message stands.
 */
public enum NoticeStatus {

	/** To be sent. */
	PENDING,

	/** The server was spoken to; whether it took the message is not known. */
	SENDING,

	/** The server has taken it. */
	SENT,

	/** The server has not taken it. */
	FAILED

}
