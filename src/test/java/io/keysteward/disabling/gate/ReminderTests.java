package io.keysteward.disabling.gate;

import java.time.Duration;
import java.time.Instant;

import io.keysteward.disabling.KeyDecision;
import io.keysteward.run.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.keysteward.disabling.gate.TestCandidate.AS_OF;
import static io.keysteward.disabling.gate.TestCandidate.ago;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reminders between the first warning, 14 days before the day, and the last one, 7 days
 * before it.
 */
class ReminderTests {

	@ParameterizedTest
	@CsvSource({ "3, ", "4, REMINDER", "5, REMINDER", "6, REMINDER", "7, FINAL" })
	void aReminderIsSentFromItsDayOnAndTheLastWarningTakesItsPlace(int warnedDaysAgo, NoticeKind next) {
		KeyDecision plan = warned(warnedDaysAgo).reminders(10).plan();
		assertThat(plan.nextNotice()).isEqualTo(next);
	}

	@Test
	void withoutRemindersThereAreTwoWarnings() {
		assertThat(warned(5).plan().nextNotice()).isNull();
	}

	@Test
	void eachReminderIsSentOnce() {
		assertThat(warned(5).reminders(10).reminded(late(1)).plan().nextNotice()).isNull();
		assertThat(warned(5).reminders(10).reminded(late(0)).plan().nextNotice()).isNull();
		assertThat(warned(5).reminders(10, 9).reminded(late(1)).plan().nextNotice()).isEqualTo(NoticeKind.REMINDER);
		assertThat(warned(6).reminders(10, 9).reminded(late(1)).plan().nextNotice()).isNull();
	}

	@Test
	void oneOfAnEarlierRoundDoesNotCount() {
		assertThat(warned(5).reminders(10).reminded(ago(20)).plan().nextNotice()).isEqualTo(NoticeKind.REMINDER);
	}

	@Test
	void oneThatReachedOnlyOthersDoesNotCountAndNeitherDoesTheWarning() {
		assertThat(warned(5).reminders(10).reminded(late(1)).wouldTell("new@example.com").plan().nextNotice())
			.isEqualTo(NoticeKind.WARNING);
	}

	@Test
	void aReminderMovesNoDayAndOpensNoGate() {
		Instant without = warned(5).plan().dueAt();
		assertThat(warned(5).reminders(10).plan().dueAt()).isEqualTo(without);
		assertThat(warned(5).reminders(10).reminded(late(1)).plan().dueAt()).isEqualTo(without);
		TestCandidate due = new TestCandidate().reminders(10);
		assertThat(due.plan().due()).as("none was ever sent").isTrue();
		assertThat(warned(20).reminders(10).reminded(ago(12), ago(8)).plan().due()).isFalse();
	}

	/** Whoever was told a later day by a reminder relies on it. */
	@Test
	void noKeyIsDisabledBeforeTheDayThatItsReminderNamed() {
		TestCandidate key = new TestCandidate().reminders(10).reminded(ago(12));
		assertThat(key.plan().due()).isTrue();
		assertThat(key.reminderNamed(ago(-2)).plan().due()).isFalse();
	}

	private static TestCandidate warned(int daysAgo) {
		return new TestCandidate().warned(ago(daysAgo)).warnedForTheLastTime().announced(ago(daysAgo - 14), ago(6));
	}

	/** Mails go out minutes after the as-of. */
	private static Instant late(int daysAgo) {
		return AS_OF.minus(Duration.ofDays(daysAgo)).plusSeconds(600);
	}

}
