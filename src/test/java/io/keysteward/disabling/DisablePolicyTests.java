package io.keysteward.disabling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.TestSettings;
import io.keysteward.disabling.NoticeSettings.ReminderSettings;
import io.keysteward.run.Reminder;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DisablePolicyTests {

	@Test
	void asShippedNothingIsArmed() {
		assertThat(
				DisablePolicy.of(TestSettings.of(DisableSettings.class), TestSettings.of(NoticeSettings.class)).armed())
			.isFalse();
	}

	@Test
	void whoArmsMustWriteBothBounds() {
		refused(bounds(true, null, 5), "keysteward.disable.max-keys: is not set");
		refused(bounds(true, 20, null), "keysteward.disable.max-percent: is not set");
		assertThat(DisablePolicy.of(bounds(true, 0, 0), TestSettings.of(NoticeSettings.class)).armed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "-1, 5, max-keys: '-1'", "20, -1, max-percent: '-1'", "20, 101, max-percent: '101'" })
	void aBoundThatCannotBeIsRefusedArmedOrNot(int keys, int percent, String line) {
		refused(bounds(true, keys, percent), "keysteward.disable." + line);
		refused(bounds(false, keys, percent), "keysteward.disable." + line);
	}

	@ParameterizedTest
	@CsvSource({ "-1, 10, max-owners: '-1' is not allowed: it is a whole number from 0 (none) to",
			"50, -1, max-percent: '-1'", "50, 101, max-percent: '101'" })
	void aBoundOfWarningsThatCannotBeIsRefused(int owners, int percent, String line) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> DisablePolicy.of(TestSettings.of(DisableSettings.class),
					new NoticeSettings(owners, percent, List.of())))
			.withMessageStartingWith("keysteward.notices." + line);
	}

	@Test
	void theBoundsOfWarningsAreAlwaysThereAndPartOfThePolicy() {
		assertThat(DisablePolicy.of(TestSettings.of(DisableSettings.class), TestSettings.of(NoticeSettings.class))
			.settings()).containsEntry("notices.max-owners", "50").containsEntry("notices.max-percent", "10");
	}

	@ParameterizedTest
	@CsvSource({ "PT36H, P7D, P45D, notice: '36h'", "P14D, P0D, P45D, final-notice: '0d'",
			"P14D, P15D, P45D, final-notice: no key could ever become due",
			"P45D, P7D, P45D, notice: no key could ever", "P14D, P7D, -P1D, notice-valid: '-1d'" })
	void noticesThatCannotBeAreRefused(Duration notice, Duration last, Duration valid, String line) {
		refused(TestSettings.of(DisableSettings.class, "notice=" + notice, "final-notice=" + last,
				"notice-valid=" + valid), "keysteward.disable." + line);
	}

	@Test
	void whetherItIsArmedIsNoPartOfThePolicy() {
		assertThat(DisablePolicy.of(bounds(true, 20, 5), TestSettings.of(NoticeSettings.class)).settings())
			.isEqualTo(DisablePolicy.of(TestSettings.of(DisableSettings.class), TestSettings.of(NoticeSettings.class))
				.settings())
			.containsEntry("disable.max-keys", "20")
			.containsEntry("disable.notice", "14d")
			.containsEntry("disable.alive-within", "2d")
			.containsEntry("disable.window", "always");
	}

	/**
	 * An installation without one has the policy that it had before there were trials.
	 */
	@Test
	void aTrialIsPartOfThePolicyWhereThereIsOne() {
		NoticeSettings notices = TestSettings.of(NoticeSettings.class);
		assertThat(DisablePolicy.of(TestSettings.of(DisableSettings.class), notices).trial()).isZero();
		assertThat(DisablePolicy.of(TestSettings.of(DisableSettings.class), notices).settings())
			.doesNotContainKey("disable.trial");
		assertThat(DisablePolicy.of(TestSettings.of(DisableSettings.class, "trial=36h"), notices).settings())
			.containsEntry("disable.trial", "36h");
		refused(TestSettings.of(DisableSettings.class, "trial=-1h"),
				"keysteward.disable.trial: '-1h' is not allowed: it is a duration such as '24h', or 0 for no trial.");
		refused(TestSettings.of(DisableSettings.class, "trial=40000d"), "keysteward.disable.trial: '40000d'");
	}

	@Test
	void remindersArePartOfThePolicyWhereThereAreSome() {
		NoticeSettings none = TestSettings.of(NoticeSettings.class);
		assertThat(DisablePolicy.of(TestSettings.of(DisableSettings.class), none).settings())
			.doesNotContainKey("notices.reminders");
		NoticeSettings two = TestSettings.of(NoticeSettings.class, "reminders[0].before=9d", "reminders[1].before=12d",
				"reminders[1].subject= Twelve days ", "reminders[1].text=Ask your team.");
		DisablePolicy policy = DisablePolicy.of(TestSettings.of(DisableSettings.class), two);
		assertThat(policy.settings()).containsEntry("notices.reminders", "12d, 9d");
		assertThat(policy.reminders().all()).containsExactly(new Reminder(Duration.ofDays(9), "Reminder", ""),
				new Reminder(Duration.ofDays(12), "Twelve days", "Ask your team."));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"before=7d | before: '7d' is not allowed: it is a whole number of days from '8d' to '13d', which lies"
					+ " between disable.final-notice and disable.notice",
			"before=14d | before: '14d' is not allowed", "before=200h | before: '200h' is not allowed",
			"subject=x | before: is not set; write how long before the day it is sent, a whole number of days from" })
	void aReminderOnADayThatCannotBeIsRefused(String written, String line) {
		refused(TestSettings.of(NoticeSettings.class, "reminders[0]." + written), line);
	}

	@Test
	void wordsOfAReminderThatBreakAMailAreRefused() {
		refused(reminder(" ", ""), "subject: is empty; write a word or two, or leave it out for 'Reminder'");
		refused(reminder("a\u202Eb", ""), "subject: 'a\\u202Eb' is not allowed: it is one line of at most 60");
		refused(reminder("x".repeat(61), ""), "subject: '" + "x".repeat(40) + "…' is not allowed");
		refused(reminder("x", "a\nBcc: b"), "text: 'a⏎Bcc: b' is not allowed: it is one line of at most 500");
	}

	@Test
	void twoRemindersOnOneDayAndDaysBetweenWhichThereIsNoneAreRefused() {
		NoticeSettings twice = TestSettings.of(NoticeSettings.class, "reminders[0].before=9d",
				"reminders[1].before=9d");
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> DisablePolicy.of(TestSettings.of(DisableSettings.class), twice))
			.withMessage(
					"keysteward.notices.reminders[1].before: '9d' is written twice; take one of the two reminders out");
		NoticeSettings one = TestSettings.of(NoticeSettings.class, "reminders[0].before=9d");
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> DisablePolicy.of(TestSettings.of(DisableSettings.class, "final-notice=13d"), one))
			.withMessage("keysteward.notices.reminders[0].before: '9d' is not allowed: there is no day between"
					+ " disable.final-notice ('13d') and disable.notice ('14d'): make room for one, or take it out");
	}

	private static NoticeSettings reminder(String subject, String text) {
		return new NoticeSettings(50, 10, List.of(new ReminderSettings(Duration.ofDays(9), subject, text)));
	}

	private static void refused(NoticeSettings notices, String line) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> DisablePolicy.of(TestSettings.of(DisableSettings.class), notices))
			.withMessageStartingWith("keysteward.notices.reminders[0]." + line);
	}

	private static DisableSettings bounds(boolean armed, @Nullable Integer keys, @Nullable Integer percent) {
		List<String> written = new ArrayList<>(List.of("armed=" + armed));
		if (keys != null) {
			written.add("max-keys=" + keys);
		}
		if (percent != null) {
			written.add("max-percent=" + percent);
		}
		return TestSettings.of(DisableSettings.class, written.toArray(String[]::new));
	}

	private static void refused(DisableSettings settings, String line) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> DisablePolicy.of(settings, TestSettings.of(NoticeSettings.class)))
			.withMessageStartingWith(line);
	}

}
