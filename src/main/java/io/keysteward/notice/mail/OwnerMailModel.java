package io.keysteward.notice.mail;

import java.util.List;

import io.keysteward.notice.mail.MailModel.Fact;
import org.jspecify.annotations.Nullable;

/**
 * The content of a mail to owners for the templates.
 *
 * @param subject its subject
 * @param heading its topic
 * @param tone {@code bad}, {@code warn} or {@code good}
 * @param summary what happens or happened, and when
 * @param paragraphs the reasons
 * @param steps what the reader can do
 * @param keys the keys that its text lists
 * @param more where the other keys are; null: there are no others
 * @param attachment the name of the attached file with all keys; null: none
 * @param facts the run, and the contact for questions
 */
record OwnerMailModel(String subject, String heading, String tone, String summary, List<String> paragraphs,
		List<Step> steps, List<KeyLine> keys, @Nullable String more, @Nullable String attachment, List<Fact> facts) {

	/**
	 * A step that the reader can take.
	 *
	 * @param want the goal
	 * @param how the way to reach it
	 */
	record Step(String want, String how) {
	}

	/**
	 * A key.
	 *
	 * @param name its name
	 * @param when when it may be, or was, changed
	 * @param facts facts by which its owner recognises it
	 * @param reasons the reasons, a sentence each
	 */
	record KeyLine(String name, String when, List<Fact> facts, List<String> reasons) {
	}

}
