package io.keysteward.notice.mail;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keysteward.TestSettings;
import io.keysteward.run.Reminder;
import io.keysteward.run.Run;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;

class OwnerNoticesTests {

	private final GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void twoHundredKeysOfAnOwnerAreOneMailThatNamesThemAll() throws Exception {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 200);
		night.send(sender());
		MimeMessage mail = only();
		assertThat(mail.getSubject())
			.isEqualTo("[Keysteward][prod] 200 unused API keys may be disabled on or after 7 December 2026");
		assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ada@example.org");
		assertThat(mail.getReplyTo()).extracting(Object::toString).containsExactly("security@example.com");
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("DR, RN, NRN, OOF, AutoReply");
		assertThat(text(mail)).contains("Id: k-0001", "Id: k-0200").doesNotContain("attached");
		assertThat(parts(mail)).isEqualTo(1);
		assertThat(night.named(mail.getMessageID())).hasSize(200);
		assertThat(night.outbox()).singleElement()
			.satisfies((notice) -> assertThat(notice).containsEntry("status", "SENT")
				.containsEntry("kind", "WARNING")
				.containsEntry("recipient", "ada@example.org")
				.containsEntry("message_id", mail.getMessageID())
				.containsEntry("sent_at", Timestamp.from(OwnerNight.NOW)));
	}

	@Test
	void fiveThousandKeysOfAnOwnerAreOneMailWithAFileThatNamesThemAll() throws Exception {
		OwnerNight night = OwnerNight.of().keys("FINAL", 1, 5000);
		night.but(4711, "name = :value", "=HYPERLINK(\"https://evil.example\")\u202E\r\n");
		night.but(4712, "masked_key = :value, key_id = '000123456789'", "12E5");
		night.jdbc().sql("UPDATE keysteward.key_action SET key_id = '000123456789' WHERE key_id = 'k-4712'").update();
		night.send(sender());
		MimeMessage mail = only();
		assertThat(text(mail)).contains(
				"The first 200 of 5,000 keys are listed here. All of them are in the attached file keys-2026-11-23.xlsx.")
			.contains("Id: k-0001");
		assertThat(text(mail).split("\\n    Id: ")).hasSize(201);
		BodyPart file = ((Multipart) mail.getContent()).getBodyPart(1);
		assertThat(file.getFileName()).isEqualTo("keys-2026-11-23.xlsx");
		try (XSSFWorkbook workbook = new XSSFWorkbook(file.getInputStream())) {
			XSSFSheet keys = workbook.getSheet("API keys");
			assertThat(keys.getLastRowNum()).isEqualTo(5000);
			assertThat(keys.getRow(0).getCell(1).getStringCellValue()).isEqualTo("Key id");
			assertThat(row(keys, "k-4711").getCell(2).getStringCellValue())
				.isEqualTo("=HYPERLINK(\"https://evil.example\")\\u202E⏎");
			Row numbers = row(keys, "000123456789");
			assertThat(numbers.getCell(1).getCellType()).isEqualTo(CellType.STRING);
			assertThat(numbers.getCell(3).getStringCellValue()).isEqualTo("12E5");
			assertThat(numbers.getCell(7).getLocalDateTimeCellValue()).isEqualTo("2026-08-20T08:30:00");
		}
		assertThat(night.named(mail.getMessageID())).hasSize(5000);
	}

	@Test
	void eachOwnerAndKindIsAMailOfItsOwnWhateverTheCaseOfTheAddress() throws Exception {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 3).keys("FINAL", 4, 4);
		night.owner(2, "ADA@Example.org").owner(3, "grace@example.org");
		night.send(sender());
		assertThat(received()).extracting(OwnerNoticesTests::subject)
			.containsExactlyInAnyOrder(
					"[Keysteward][prod] Last warning: 1 unused API key may be disabled on or after 7 December 2026",
					"[Keysteward][prod] 2 unused API keys may be disabled on or after 7 December 2026",
					"[Keysteward][prod] 1 unused API key may be disabled on or after 7 December 2026");
		assertThat(night.outbox()).extracting((notice) -> notice.get("kind"))
			.containsExactly("FINAL", "WARNING", "WARNING");
	}

	/**
	 * The keys are due two weeks after the run; one of them is due three days earlier.
	 */
	@Test
	void eachReminderIsAMailWithItsOwnWords() throws Exception {
		OwnerNight night = OwnerNight.of()
			.reminders(new Reminder(Duration.ofDays(14), "Two weeks left", "Ask your team, too."),
					new Reminder(Duration.ofDays(11), "Eleven days left", ""))
			.keys("REMINDER", 1, 3);
		night.jdbc()
			.sql("UPDATE keysteward.key_action SET due_at = '2026-12-04 02:00Z' WHERE key_id = 'k-0003'")
			.update();
		night.send(sender());
		assertThat(received()).extracting(OwnerNoticesTests::subject)
			.containsExactlyInAnyOrder(
					"[Keysteward][prod] Two weeks left: 2 unused API keys may be disabled on or after 7 December 2026",
					"[Keysteward][prod] Eleven days left: 1 unused API key may be disabled on or after 4 December 2026");
		assertThat(received()).anySatisfy((mail) -> {
			assertThat(text(mail)).contains("Ask your team, too.");
			assertThat(night.named(mail.getMessageID())).containsExactly("k-0001", "k-0002");
		});
		assertThat(night.outbox()).extracting((notice) -> notice.get("kind")).containsOnly("REMINDER").hasSize(2);
		night.send(sender());
		assertThat(received()).as("after a second start").hasSize(2);
	}

	@Test
	void allKeysThatNobodyOwnsAreOneMailToTheFallback() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 3);
		night.owner(1, null).owner(2, "not an address").but(3, "owner_state = :value", "DISABLED");
		MailSettings settings = OwnerNight.settings(true, "keys@example.com");
		night.send(night.notices(sender(), settings, OwnerDirectory.NOBODY), night.run());
		assertThat(night.outbox()).singleElement()
			.satisfies((notice) -> assertThat(notice).containsEntry("recipient", "keys@example.com"));
		assertThat(night.named(String.valueOf(night.outbox().get(0).get("message_id")))).containsExactly("k-0001",
				"k-0002", "k-0003");
	}

	@Test
	void withoutAFallbackWhatNobodyOwnsIsLeftOutAndTheOthersAreTold() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 2).owner(1, null).send(sender());
		assertThat(night.outbox()).singleElement()
			.satisfies((notice) -> assertThat(night.named(String.valueOf(notice.get("message_id"))))
				.containsExactly("k-0002"));
	}

	@Test
	void nobodyIsWarnedWhileExemptionsCannotBeRead() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 2).keys("FINAL", 3, 3);
		night.jdbc()
			.sql("INSERT INTO keysteward.run_hold (run_id, gate, detail) VALUES (:run, 'EXEMPT', 'x')")
			.param("run", night.stored().id())
			.update();
		night.send(sender());
		assertThat(this.server.getReceivedMessages()).isEmpty();
		assertThat(night.outbox()).isEmpty();
	}

	@Test
	void nobodyIsMailedWhereOwnersAreNotWarned() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 2);
		for (boolean warn : List.of(false, TestSettings.of(MailSettings.class).warnOwners())) {
			OwnerNotices notices = night.notices(sender(), OwnerNight.settings(warn, null), OwnerDirectory.NOBODY);
			assertThat(notices.prepare(night.run())).isZero();
			assertThat(notices.sendNext(night.run())).isFalse();
		}
		assertThat(this.server.getReceivedMessages()).isEmpty();
		assertThat(night.outbox()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PENDING", "SENDING", "FAILED" })
	void aRestartSendsWhatIsNotRecordedAsSentWithTheSameId(String status) throws MessagingException {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 3).send(sender());
		String id = only().getMessageID();
		night.jdbc()
			.sql("UPDATE keysteward.notice SET status = :status, sent_at = NULL")
			.param("status", status)
			.update();
		night.send(sender());
		assertThat(received()).hasSize(2).allSatisfy((mail) -> assertThat(mail.getMessageID()).isEqualTo(id));
		assertThat(night.outbox()).singleElement()
			.satisfies((notice) -> assertThat(notice).containsEntry("status", "SENT"));
		assertThat(night.named(id)).hasSize(3);
	}

	@Test
	void aRestartRepeatsNothingThatIsRecordedAsSent() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 3).send(sender()).send(sender());
		assertThat(received()).hasSize(1);
		assertThat(night.outbox()).hasSize(1);
	}

	@Test
	void keysThatAContinuedRunFindsLaterAreToldInAMailOfTheirOwn() throws MessagingException {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 2).send(sender());
		String first = only().getMessageID();
		night.keys("WARNING", 3, 4).send(sender());
		assertThat(received()).hasSize(2);
		assertThat(received().get(1).getMessageID()).isEqualTo(first.replace("@", ".2@"));
		assertThat(night.named(first)).containsExactly("k-0001", "k-0002");
		assertThat(night.named(received().get(1).getMessageID())).containsExactly("k-0003", "k-0004");
	}

	@Test
	void aMailThatIsNoLongerOwedIsTakenBack() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1);
		night.notices(sender()).prepare(night.run());
		night.owner(1, "grace@example.org").send(sender());
		assertThat(night.outbox()).extracting((notice) -> notice.get("recipient") + " " + notice.get("status"))
			.containsExactly("ada@example.org FAILED", "grace@example.org SENT");
	}

	@Test
	void whatWasDisabledIsToldAndWhatWasRestoredToo() throws Exception {
		OwnerNight night = OwnerNight.of();
		night.snapshots(night.stored().id(), 1, 3).did(night.stored().id(), 1, "DISABLE", "DISABLED");
		night.did(night.stored().id(), 2, "DISABLE", "SKIPPED_CHANGED");
		night.did(night.stored().id(), 3, "DISABLE", "FAILED");
		night.send(sender());
		assertThat(only().getSubject()).isEqualTo("[Keysteward][prod] 1 API key was disabled");
		assertThat(text(only())).contains("Disabled on 23 November 2026 at 02:03 (UTC)", "Id: k-0001")
			.doesNotContain("k-0002", "k-0003");
		restore(night, "2026-11-24 10:00Z");
		Run next = night.run(night.later("2026-11-25", "2026-11-25 02:00Z", "DISABLE"));
		night.send(night.notices(sender()), next);
		assertThat(received()).hasSize(2);
		assertThat(received().get(1).getSubject()).isEqualTo("[Keysteward][prod] 1 API key was switched on again");
		assertThat(text(received().get(1))).contains("orders export 1", "starts again at the first warning");
		night.send(night.notices(sender()), night.run(night.later("2026-11-26", "2026-11-26 02:00Z", "DISABLE")));
		assertThat(received()).hasSize(2);
	}

	@Test
	void mailsGoOutAsTheyMatterAndNobodyIsWarnedOfAKeyBeforeHearingThatItIsBack() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1).keys("FINAL", 2, 2);
		night.snapshots(night.stored().id(), 3, 4).did(night.stored().id(), 3, "DISABLE", "DISABLED");
		night.did(night.stored().id(), 4, "RESTORE", "RESTORED");
		night.send(sender());
		assertThat(night.outbox()).extracting((notice) -> notice.get("kind"))
			.containsExactly("DISABLED", "FINAL", "RESTORED", "WARNING");
	}

	@Test
	void whatAnEarlierRunDisabledIsToldLateButNotMonthsLaterAndNotOnceItIsRestored() {
		OwnerNight night = OwnerNight.of();
		night.snapshots(night.stored().id(), 1, 1).did(night.stored().id(), 1, "DISABLE", "DISABLED");
		Run months = night.run(night.later("2027-02-01", "2027-02-01 02:00Z", "DISABLE"));
		assertThat(night.notices(sender()).prepare(months)).isZero();
		Run next = night.run(night.later("2026-11-24", "2026-11-24 02:00Z", "DISABLE"));
		assertThat(night.notices(sender()).prepare(next)).isOne();
		restore(night, "2026-11-24 10:00Z");
		assertThat(night.notices(sender()).prepare(next)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x\r\nBcc: evil@example.net", "x\r\n\r\n.\r\nMAIL FROM:<a@b>", "a\u202Eb\u2028c",
			"<script>alert(1)</script>", "</div><img src=https://evil.example/x>",
			"[[${1+1}]] [(${T(java.lang.Runtime)})]", "https://evil.example/login www.evil.example" })
	void noNameMakesAHeaderMarkupOrALink(String name) throws Exception {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1);
		night.but(1, "name = :value, project_name = :value, masked_key = :value, owner_name = :value", name)
			.but(1, "reasons = ARRAY[:value, 'x']", name);
		night.send(sender());
		MimeMessage mail = only();
		assertThat(mail.getHeader("Bcc")).isNull();
		assertThat(mail.getHeader("Subject")).hasSize(1);
		assertThat(mail.getSubject()).doesNotContain("evil", "script");
		assertThat(mail.getAllRecipients()).hasSize(1);
		assertThat(text(mail)).doesNotContain("\nBcc:", "\u202E", "\u2028", "://", "www.", "\n.\n");
		assertThat(html(mail)).doesNotContain("<script", "<img", "\u202E", "\u2028", "://evil", "www.")
			.contains("Last used");
	}

	private static Row row(XSSFSheet sheet, String key) {
		return StreamSupport.stream(sheet.spliterator(), false)
			.filter((row) -> row.getCell(1).getStringCellValue().equals(key))
			.findFirst()
			.orElseThrow();
	}

	private static void restore(OwnerNight night, String asOf) {
		long restore = night.later("restore-1", asOf, "RESTORE");
		night.did(restore, 1, "RESTORE", "RESTORED");
		night.jdbc()
			.sql("UPDATE keysteward.key_action SET restored_by_run = :run WHERE outcome = 'DISABLED'")
			.param("run", restore)
			.update();
	}

	private JavaMailSenderImpl sender() {
		return RunFixture.sender(this.server.getSmtp().getPort(), true);
	}

	private List<MimeMessage> received() {
		return List.of(this.server.getReceivedMessages());
	}

	private MimeMessage only() {
		assertThat(this.server.getReceivedMessages()).hasSize(1);
		return this.server.getReceivedMessages()[0];
	}

	private static String subject(MimeMessage mail) {
		try {
			return mail.getSubject();
		}
		catch (MessagingException ex) {
			throw new AssertionError(ex);
		}
	}

	private static int parts(MimeMessage mail) throws IOException, MessagingException {
		return ((Multipart) mail.getContent()).getCount();
	}

	private static String text(MimeMessage mail) throws IOException, MessagingException {
		return body(mail, 0);
	}

	private static String html(MimeMessage mail) throws IOException, MessagingException {
		return body(mail, 1);
	}

	private static String body(MimeMessage mail, int part) throws IOException, MessagingException {
		Multipart mixed = (Multipart) mail.getContent();
		return ((String) ((Multipart) mixed.getBodyPart(0).getContent()).getBodyPart(part).getContent()).replace("\r\n",
				"\n");
	}

}
