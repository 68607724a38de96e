package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keysteward.TestSettings;
import io.keysteward.notice.mail.GovernanceMail.Outcome;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GovernanceMailTests {

	/** The digest is the recipient's: security@example.com, and ciso@example.com. */
	private static final String ID = "<keysteward.prod.2026-11-23.report.786906db96ef6469@example.com>";

	private static final String OTHER_ID = "<keysteward.prod.2026-11-23.report.e311367bc79aaaec@example.com>";

	private static final String INCOMPLETE_ID = "<keysteward.prod.2026-11-23.report-incomplete.786906db96ef6469@example.com>";

	/** As earlier versions sent it, once to all. */
	private static final String ID_TO_ALL = "<keysteward.prod.2026-11-23.report@example.com>";

	private final GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

	private Path workbook = Path.of("");

	private String sha256 = "";

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		this.server.start();
		byte[] content = "a workbook".getBytes();
		this.workbook = Files.write(directory.resolve("keysteward-2026-11-23.xlsx"), content);
		this.sha256 = Sha256.of(content);
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void theReportGoesToEachRecipientInAMailOfTheirOwnWithTheWorkbook() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		assertThat(this.server.getReceivedMessages()).hasSize(2);
		MimeMessage mail = this.server.getReceivedMessages()[0];
		assertThat(mail.getSubject())
			.isEqualTo("[Keysteward][prod] 2026-11-23: 12 violations, 45 warnings, nothing disabled (report only)");
		assertThat(mail.getMessageID()).isEqualTo(ID);
		assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("security@example.com");
		MimeMessage other = this.server.getReceivedMessages()[1];
		assertThat(other.getAllRecipients()).extracting(Object::toString).containsExactly("Chief <ciso@example.com>");
		assertThat(other.getMessageID()).isEqualTo(OTHER_ID);
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("DR, RN, NRN, OOF, AutoReply");
		Multipart mixed = (Multipart) mail.getContent();
		assertThat(mixed.getContentType()).startsWith("multipart/mixed");
		assertThat(mixed.getCount()).isEqualTo(2);
		assertThat(types((Multipart) mixed.getBodyPart(0).getContent())).containsExactly("text/plain; charset=UTF-8",
				"text/html;charset=UTF-8");
		BodyPart attachment = mixed.getBodyPart(1);
		assertThat(attachment.getFileName()).isEqualTo("keysteward-2026-11-23.xlsx");
		assertThat(attachment.getInputStream()).hasBinaryContent(Files.readAllBytes(this.workbook));
	}

	@Test
	void whatTheServerTookIsProvenByTheOutbox() {
		RunFixture run = RunFixture.of("2026-11-23");
		send(run);
		assertThat(run.notices()).hasSize(2)
			.allSatisfy((notice) -> assertThat(notice).containsEntry("status", "SENT")
				.containsEntry("kind", "REPORT")
				.containsEntry("detail", null))
			.allSatisfy((notice) -> assertThat(notice.get("sent_at")).isNotNull())
			.extracting((notice) -> notice.get("message_id") + " " + notice.get("recipient"))
			.containsExactly(ID + " security@example.com", OTHER_ID + " ciso@example.com");
	}

	@Test
	void aReportIsSentExactlyOnce() {
		RunFixture run = RunFixture.of("2026-11-23");
		assertThat(List.of(send(run), send(run), send(run))).containsExactly(Outcome.SENT, Outcome.ALREADY_SENT,
				Outcome.ALREADY_SENT);
		assertThat(this.server.getReceivedMessages()).hasSize(2);
		assertThat(run.notices()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PENDING", "SENDING", "FAILED" })
	void aRestartSendsWhatWasNotRecordedAsSentWithTheSameId(String status) throws MessagingException {
		RunFixture run = RunFixture.of("2026-11-23");
		leftBehind(run, ID, status);
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		assertThat(this.server.getReceivedMessages()[0].getMessageID()).isEqualTo(ID);
		assertThat(run.notices()).hasSize(2)
			.allSatisfy((notice) -> assertThat(notice).containsEntry("status", "SENT").containsEntry("detail", null));
	}

	@Test
	void aRestartRepeatsNoMailThatWasRecordedAsSentAndLosesNoOther() throws MessagingException {
		RunFixture run = RunFixture.of("2026-11-23");
		leftBehind(run, ID, "SENT");
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		assertThat(this.server.getReceivedMessages()).singleElement()
			.satisfies((mail) -> assertThat(mail.getMessageID()).isEqualTo(OTHER_ID));
		assertThat(send(run)).isEqualTo(Outcome.ALREADY_SENT);
	}

	@Test
	void whatAnEarlierVersionSentToAllOfThemIsNotRepeatedButWhoIsNewGetsTheirs() throws MessagingException {
		RunFixture run = RunFixture.of("2026-11-23");
		leftBehind(run, ID_TO_ALL, "SENT");
		run.database()
			.jdbc()
			.sql("UPDATE keysteward.notice SET recipient = 'CISO@example.com, security@example.com'")
			.update();
		assertThat(send(run)).isEqualTo(Outcome.ALREADY_SENT);
		assertThat(this.server.getReceivedMessages()).isEmpty();
		run.database().jdbc().sql("UPDATE keysteward.notice SET recipient = 'security@example.com'").update();
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		assertThat(this.server.getReceivedMessages()).singleElement()
			.satisfies((mail) -> assertThat(mail.getMessageID()).isEqualTo(OTHER_ID));
	}

	@Test
	void aReportThatBecameWholeIsMailedOnceMoreAndReplacesTheIncompleteOne() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		run.source("ci", "Build servers", "FAILED", "the connection was refused");
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		run.source("ci", "Build servers", "READ", null);
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		assertThat(send(run)).isEqualTo(Outcome.ALREADY_SENT);
		assertThat(this.server.getReceivedMessages()).hasSize(4);
		MimeMessage first = received(INCOMPLETE_ID);
		MimeMessage second = received(ID);
		assertThat(first.getSubject()).contains(": INCOMPLETE, ");
		assertThat(first.getHeader("In-Reply-To")).isNull();
		assertThat(second.getSubject()).doesNotContain("INCOMPLETE");
		assertThat(second.getHeader("In-Reply-To")).containsExactly(INCOMPLETE_ID);
		assertThat(text(second)).contains("It replaces the one marked INCOMPLETE");
	}

	@Test
	void aReportThatWentBeforeAllOwnersWereToldIsNotTheLastOne() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		GovernanceMail mail = run.mail(sender(), RunFixture.SETTINGS);
		assertThat(mail.send(run.run(), run.sources(), RunFixture.reports(this.workbook, this.sha256),
				"spring.mail.host: down"))
			.isEqualTo(Outcome.SENT);
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		MimeMessage first = received(INCOMPLETE_ID);
		assertThat(first.getSubject()).contains(": INCOMPLETE, ");
		assertThat(text(first)).contains("Not all owners could be told", "spring.mail.host: down");
		assertThat(text(received(ID))).contains("It replaces the one marked INCOMPLETE")
			.doesNotContain("Not all owners");
	}

	@Test
	void aReportReplacesNothingThatNeverWent() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		leftBehind(run, INCOMPLETE_ID, "FAILED");
		send(run);
		MimeMessage mail = this.server.getReceivedMessages()[0];
		assertThat(mail.getHeader("In-Reply-To")).isNull();
		assertThat(text(mail)).doesNotContain("replaces");
	}

	@Test
	void aWorkbookThatIsTooLargeAsItIsSentIsPointedTo() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		MailSettings settings = limited(DataSize.ofBytes(17));
		run.mail(sender(), settings)
			.send(run.run(), run.sources(), RunFixture.reports(this.workbook, this.sha256), null);
		MimeMessage mail = this.server.getReceivedMessages()[0];
		assertThat(((Multipart) mail.getContent()).getCount()).isEqualTo(1);
		assertThat(text(mail)).contains("Too large to attach (10 bytes). It is at " + this.workbook.toAbsolutePath());
	}

	@Test
	void aWorkbookThatJustFitsIsAttached() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		MailSettings settings = limited(DataSize.ofBytes(18));
		run.mail(sender(), settings)
			.send(run.run(), run.sources(), RunFixture.reports(this.workbook, this.sha256), null);
		assertThat(((Multipart) this.server.getReceivedMessages()[0].getContent()).getCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x\r\nBcc: evil@example.org", "x\nSubject: all is well\n\nbody",
			"x>\r\n.\r\nMAIL FROM:<a@b>", "../../etc/passwd", "a\u202Eb\u0000c", "2026-11-23 <evil@example.org>" })
	void noRunKeyMakesAHeaderARecipientOrAPath(String key) throws Exception {
		RunFixture run = RunFixture.of(key.replace("\u0000", ""));
		run.source("ci", "t\r\nBcc: evil@example.org", "FAILED", "f\r\nBcc: evil@example.org");
		assertThat(send(run)).isEqualTo(Outcome.SENT);
		assertThat(this.server.getReceivedMessages()).hasSize(2);
		MimeMessage mail = this.server.getReceivedMessages()[0];
		assertThat(mail.getHeader("Bcc")).isNull();
		assertThat(mail.getHeader("Subject")).hasSize(1);
		assertThat(mail.getAllRecipients()).hasSize(1);
		assertThat(mail.getMessageID())
			.matches("<keysteward\\.prod\\.[A-Za-z0-9_-]+\\.report-incomplete\\.[0-9a-f]{16}@example\\.com>");
		assertThat(((Multipart) mail.getContent()).getBodyPart(1).getFileName())
			.matches("keysteward-[A-Za-z0-9_-]+\\.xlsx")
			.hasSizeLessThanOrEqualTo(60);
		assertThat(text(mail)).doesNotContain("\nBcc:");
	}

	@Test
	void withoutAMailServerNothingIsMailedAndNothingIsStored() {
		RunFixture run = RunFixture.of("2026-11-23");
		MailSettings nothing = TestSettings.of(MailSettings.class);
		GovernanceMail mail = run.mail(null, nothing);
		assertThat(mail.configured()).isFalse();
		mail.check();
		assertThat(mail.send(run.run(), run.sources(), RunFixture.reports(this.workbook, this.sha256), null))
			.isEqualTo(Outcome.NOT_CONFIGURED);
		assertThat(run.notices()).isEmpty();
	}

	@Test
	void aCheckSpeaksToTheServerAndMailsNothing() {
		RunFixture run = RunFixture.of("2026-11-23");
		run.mail(sender(), RunFixture.SETTINGS).check();
		assertThat(this.server.getReceivedMessages()).isEmpty();
		assertThat(run.notices()).isEmpty();
	}

	@Test
	void aServerThatOffersNoStarttlsIsNeverSpokenToInTheClear() {
		RunFixture run = RunFixture.of("2026-11-23");
		JavaMailSenderImpl sender = RunFixture.sender(port(), false);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> run.send(sender, this.workbook, this.sha256))
			.withMessageStartingWith("spring.mail.host: \"localhost:" + port() + "\" offers no STARTTLS")
			.returns(Failure.Kind.CONFIGURATION, Failure::kind);
		assertThat(this.server.getReceivedMessages()).isEmpty();
		assertThat(run.notices()).extracting((notice) -> notice.get("status")).containsExactly("FAILED", "PENDING");
	}

	private Outcome send(RunFixture run) {
		return run.send(sender(), this.workbook, this.sha256);
	}

	private JavaMailSenderImpl sender() {
		return RunFixture.sender(port(), true);
	}

	private MimeMessage received(String id) throws MessagingException {
		for (MimeMessage mail : this.server.getReceivedMessages()) {
			if (mail.getMessageID().equals(id)) {
				return mail;
			}
		}
		throw new AssertionError("no mail with the id " + id);
	}

	private int port() {
		return this.server.getSmtp().getPort();
	}

	private static MailSettings limited(DataSize size) {
		return new MailSettings(RunFixture.SETTINGS.from(), RunFixture.SETTINGS.to(), size, "prod", false, null,
				List.of(), null);
	}

	private static void leftBehind(RunFixture run, String id, String status) {
		run.database().jdbc().sql("""
				INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, detail)
				VALUES (:run, 'REPORT', 'security@example.com', :id, :status, 'left behind')
				""").param("run", run.id()).param("id", id).param("status", status).update();
	}

	private static List<String> types(Multipart multipart) throws MessagingException {
		return List.of(multipart.getBodyPart(0).getContentType(), multipart.getBodyPart(1).getContentType());
	}

	private static String text(MimeMessage mail) throws IOException, MessagingException {
		Multipart mixed = (Multipart) mail.getContent();
		return (String) ((Multipart) mixed.getBodyPart(0).getContent()).getBodyPart(0).getContent();
	}

}
