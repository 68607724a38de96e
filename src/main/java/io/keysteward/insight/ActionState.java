package io.keysteward.insight;

/**
 * How it stands with a key that was to be disabled or restored, in words for people.
 */
public enum ActionState {

	/** Disabled before, and its source calls it active. */
	ACTIVE_AGAIN("Active again"),

	/** Disabled before, and used after that. */
	USED_SINCE("Used after being disabled"),

	/** It is off. */
	DISABLED("Disabled"),

	/** It could not be disabled. */
	FAILED("Failed"),

	/** It was left alone, since it had changed after it was read. */
	SKIPPED_CHANGED("Skipped: changed"),

	/** It was begun, and its source did not say what became of it. */
	NOT_KNOWN("Not known yet"),

	/** It could not be disabled, and the next start of the run tries again. */
	NOT_YET("Failed, tried again"),

	/** It is due, and was not begun. */
	NOT_DONE("Not done yet"),

	/** It is on again. */
	RESTORE_RESTORED("Restored"),

	/** It was not switched on, since it had changed after it was disabled. */
	RESTORE_SKIPPED_CHANGED("Not restored: changed"),

	/** It could not be switched on. */
	RESTORE_FAILED("Not restored: failed"),

	/** Switching it on was begun, and its source did not say what became of it. */
	RESTORE_NOT_KNOWN("Restore: not known yet"),

	/** Every gate is open, and the run was not to disable. */
	WOULD_DISABLE("Would be disabled"),

	/** A gate is closed. */
	HELD("Held");

	/**
	 * How it stands with a key that a row {@code a} of {@code key_action} was to disable;
	 * null where there is no such row.
	 */
	static final String OF_DISABLING = """
			coalesce(a.outcome, CASE WHEN a.decision IS NULL THEN NULL WHEN a.decision = 'HELD' THEN 'HELD'
			                         WHEN a.failure = 'MAY_PASS' THEN 'NOT_YET'
			                         WHEN a.intended_at IS NULL THEN 'NOT_DONE' ELSE 'NOT_KNOWN' END)
			""";

	private final String words;

	ActionState(String words) {
		this.words = words;
	}

	/**
	 * {@return what people read}
	 */
	public String words() {
		return this.words;
	}

	/**
	 * {@return that a key which was to be disabled cannot stand like this}
	 */
	IllegalStateException notOfDisabling() {
		return new IllegalStateException("no key that was to be disabled is " + name());
	}

	boolean ofRestore() {
		return name().startsWith("RESTORE_");
	}

}
