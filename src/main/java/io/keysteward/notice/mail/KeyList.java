package io.keysteward.notice.mail;

import io.keysteward.run.Run;

/**
 * The name of a mail's attached list of keys.
 */
final class KeyList {

	static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private KeyList() {
	}

	/**
	 * {@return the name of the attachment}
	 */
	static String name(Run run) {
		return "keys-" + MessageId.plain(run.dated("-")) + ".xlsx";
	}

}
