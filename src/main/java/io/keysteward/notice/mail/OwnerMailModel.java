package io.keysteward.notice.mail;

import java.util.List;

import io.keysteward.notice.mail.MailModel.Fact;
import org.jspecify.annotations.Nullable;

/**
 * What a mail to owners says, in words that the templates only set.
 *
 * @param subject its subject
 * @param heading what it is about
 * @param tone {@code bad}, {@code warn} or {@code good}
 * @param summary what happens or happened, and when
 * @param paragraphs why
 * @param steps what the reader can do
 * @param keys the keys that it names, or the first of them
 * @param more where the others are; null: there are no others
 * @param attachment the name of the attached file with all keys; null: none is
 * @param facts which run it comes from, and whom to ask
 */
record OwnerMailModel(String subject, String heading, String tone, String summary, List<String> paragraphs,
		List<Step> steps, List<KeyLine> keys, @Nullable String more, @Nullable String attachment, List<Fact> facts) {

	/**
	 * One thing that the reader can do.
	 *
	 * @param want what they want
	 * @param how how to get it
	 */
	record Step(String want, String how) {
	}

	/**
	 * A key.
	 *
	 * @param name its name
	 * @param when when it may be or was changed
	 * @param facts by which it can be recognised
	 * @param reasons why, a sentence each
	 */
	record KeyLine(String name, String when, List<Fact> facts, List<String> reasons) {
	}

}
