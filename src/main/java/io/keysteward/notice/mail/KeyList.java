package io.keysteward.notice.mail;

import io.keysteward.run.Run;

/**
 * What the list of a mail's keys is called that is attached to it.
 */
final class KeyList {

	static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private KeyList() {
	}

	/**
	 * {@return its name as an attachment}
	 */
	static String name(Run run) {
		return "keys-" + MessageId.plain(run.dated("-")) + ".xlsx";
	}

}
