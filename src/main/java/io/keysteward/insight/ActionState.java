package io.keysteward.insight;

/**
 * The states of a key that was to be disabled or restored, as people read them.
 */
public enum ActionState {

	/** Disabled before, and somebody still tries it. */
	STILL_TRIED("Still tried"),

	/** Disabled before, and its source calls it active. */
	ACTIVE_AGAIN("Active again"),

	/** Disabled before, and used after that. */
	USED_SINCE("Used after being disabled"),

	/** It is off. */
	DISABLED("Disabled"),

	/** It could not be disabled. */
	FAILED("Failed"),

	/** It was left alone, since it had changed after the reading. */
	SKIPPED_CHANGED("Skipped: changed"),

	/** Disabling was begun, and its source did not confirm the outcome. */
	NOT_KNOWN("Not known yet"),

	/** It could not be disabled, and the next start of the run tries again. */
	NOT_YET("Failed, tried again"),

	/** It is due and not begun. */
	NOT_DONE("Not done yet"),

	/** It is on again. */
	RESTORE_RESTORED("Restored"),

	/** It was not switched on, since it had changed after the disabling. */
	RESTORE_SKIPPED_CHANGED("Not restored: changed"),

	/** It could not be switched on. */
	RESTORE_FAILED("Not restored: failed"),

	/** Switching it on was begun, and its source did not confirm the outcome. */
	RESTORE_NOT_KNOWN("Restore: not known yet"),

	/** Every gate is open, but the run may not disable. */
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
	 * {@return the label for people}
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
