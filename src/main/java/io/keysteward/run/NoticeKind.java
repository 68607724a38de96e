package io.keysteward.run;

/**
 * What a message is about.
 */
public enum NoticeKind {

	/** To an owner: a key will be disabled unless it is used or exempted. */
	WARNING,

	/** To an owner: another one between the first warning and the last. */
	REMINDER,

	/** To an owner: the last one before a key is disabled. */
	FINAL,

	/** To an owner: a key was disabled. */
	DISABLED,

	/** To an owner: a key was restored. */
	RESTORED,

	/** To the governance recipients: a run's report. */
	REPORT

}
