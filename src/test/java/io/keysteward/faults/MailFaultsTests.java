package io.keysteward.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.SheetText;
import io.keysteward.notice.mail.SmtpStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mail server that lets a whole night down, one way or the other: what the run says,
 * what the outbox has, and that the next start sends the rest and nothing twice that was
 * recorded as sent.
 */
@ExtendWith(OutputCaptureExtension.class)
class MailFaultsTests {

	private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(\\S+)");

	private static final String STARTTLS = "spring.mail.properties.[mail.smtp.starttls.%s]";

	private static Night night;

	@BeforeAll
	static void prepare() throws IOException {
		night = Night.prepared();
		night.register.set("spring.mail.properties.[mail.smtp.timeout]", "1500");
	}

	@BeforeEach
	void evening() throws IOException {
		night.begin();
	}

	@AfterEach
	void nothingUnforeseen(CapturedOutput output) {
		OperatorMessage.noStackTrace(output);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', textBlock = """
			GREETING | hang            | 1 | does not answer as a mail server (Read timed out); start again when it does
			BODY     | drop            | 1 | was lost before it said whether it took the message
			RCPT     | 451 4.7.1 later | 1 | does not take mail now for security@example.com ("451 4.7.1 later")
			MAIL     | 550 5.7.1 no    | 2 | correct keysteward.mail.from
			""")
	@Timeout(120) // A server that answers after a minute does not hold the night up.
	void aServerThatTakesNothingFailsTheRunAndTheNextStartOnlySends(String command, String answer, int exit,
			String line) throws Exception {
		night.mail().answering(command, answer);
		assertThat(night.run()).as(night.register.err()).isEqualTo(exit);
		OperatorMessage.oneLine(night.register.err()).contains("spring.mail.host: ").contains(line);
		assertThat(states()).hasSize(3).noneMatch((state) -> state.endsWith(" SENT"));
		assertThat(night.left().get("run")).singleElement().asString().startsWith("FAILED ").contains(".xlsx");
		int before = night.mail().messages().size();
		mendAndFinish(command);
		assertThat(night.mail().messages()).hasSize(before + 3);
		assertThat(night.mail().messages().stream().map(MailFaultsTests::id).distinct())
			.filteredOn((id) -> !id.contains(".report-incomplete."))
			.hasSize(3);
	}

	@Test
	void aServerThatTakesAllAndThenHangsUpHasTakenIt() throws Exception {
		night.mail().answering("QUIT", SmtpStub.DROP);
		assertThat(night.run()).as(night.register.err()).isZero();
		night.isAsUndisturbed();
		assertThat(night.run()).isEqualTo(5);
		assertThat(night.mail().messages()).hasSize(3);
	}

	@Test
	void anOwnerWhoIsGreylistedIsToldByTheNextRun() throws Exception {
		night.mail().answering("RCPT TO:<ada@example.com>", "451 4.7.1 greylisted");
		assertThat(night.run()).as(night.register.err()).isZero();
		assertThat(states()).containsExactly("DISABLED FAILED", "REPORT SENT", "WARNING FAILED");
		night.mail().answering("RCPT TO:<ada@example.com>", "250 ok");
		assertThat(night.register.execute("run", "--run-key=tomorrow")).as(night.register.err()).isZero();
		assertThat(night.governance("""
				SELECT concat_ws(' ', kind, n.status) FROM keysteward.notice n JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tomorrow'""")).containsExactly("DISABLED SENT", "REPORT SENT", "WARNING SENT");
	}

	@Test
	void oneRefusedRecipientOfTwoIsSaidAndTheNightIsDone(CapturedOutput output) throws Exception {
		night.register.set("keysteward.mail.to[1]", "ciso@example.com");
		night.mail().answering("RCPT TO:<ciso@example.com>", "550 5.1.1 unknown");
		assertThat(night.run()).as(night.register.err()).isZero();
		assertThat(output).contains("the mail server refused ciso@example.com (\"550 5.1.1 unknown\"); 1 other has it;"
				+ " correct keysteward.mail.to");
		night.register.set("keysteward.mail.to[1]", "security@example.com");
		assertThat(states()).containsExactly("DISABLED SENT", "REPORT FAILED", "REPORT SENT", "WARNING SENT");
		assertThat(night.mail().messages()).hasSize(3);
		assertThat(night.run()).isEqualTo(5);
	}

	@Test
	void aServerWithoutTlsGetsNothingUntilThatIsAllowed() throws Exception {
		night.register.set(STARTTLS.formatted("enable"), "true").set(STARTTLS.formatted("required"), "true");
		try {
			assertThat(night.run()).as(night.register.err()).isEqualTo(2);
			OperatorMessage.oneLine(night.register.err()).contains("offers no STARTTLS").contains("587");
			assertThat(night.mail().messages()).isEmpty();
			assertThat(night.mail().commands()).noneMatch((command) -> command.startsWith("MAIL"));
		}
		finally {
			night.register.set(STARTTLS.formatted("enable"), "false").set(STARTTLS.formatted("required"), "false");
		}
		mendAndFinish("GREETING");
		assertThat(night.mail().messages()).hasSize(3);
	}

	@Test
	void aServerThatWasDownForOwnersOnlyDoesNotKeepTheReport() throws Exception {
		night.mail().answering("GREETING", "421 down");
		Point.SEND_REPORT.on(night.governance, () -> night.mail().answering("GREETING", "220 up"));
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		OperatorMessage.oneLine(night.register.err()).contains("spring.mail.host: ").contains("421 down");
		assertThat(states()).containsExactly("DISABLED FAILED", "REPORT SENT", "WARNING PENDING");
		assertThat(night.mail().messages()).singleElement()
			.asString()
			.contains("INCOMPLETE, ", "Not all owners could be told");
		assertThat(night.run()).as(night.register.err()).isZero();
		assertThat(states()).containsExactly("DISABLED SENT", "REPORT SENT", "REPORT SENT", "WARNING SENT");
		assertThat(night.mail().messages()).hasSize(4);
		assertThat(night.mail().messages().get(3)).contains("It replaces the one marked INCOMPLETE");
		theWorkbookSaysWhatOwnersWereTold(night.mail().messages().get(3));
	}

	@Test
	void aServerThatWentDownAfterTheOwnersWereToldOnlyGetsTheReport() throws Exception {
		Point.SEND_REPORT.on(night.governance, () -> night.mail().answering("GREETING", "421 down"));
		assertThat(night.run()).as(night.register.err()).isEqualTo(1);
		assertThat(states()).containsExactly("DISABLED SENT", "REPORT FAILED", "WARNING SENT");
		assertThat(night.mail().messages()).hasSize(2);
		mendAndFinish("GREETING");
		assertThat(night.mail().messages()).hasSize(3);
	}

	private static void mendAndFinish(String command) throws Exception {
		night.mail().answering(command, switch (command) {
			case "GREETING" -> "220 stub";
			default -> "250 ok";
		});
		assertThat(night.run()).as(night.register.err()).isZero();
		night.isAsUndisturbed();
		theWorkbookSaysWhatOwnersWereTold(night.mail().messages().get(night.mail().messages().size() - 1));
		int sent = night.mail().messages().size();
		assertThat(night.run()).isEqualTo(5);
		assertThat(night.mail().messages()).hasSize(sent);
	}

	/** The same file lies in the directory, was mailed last, and is the run's. */
	private static void theWorkbookSaysWhatOwnersWereTold(String report) throws Exception {
		Path file = night.register.report("tonight");
		String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		assertThat(night.governance("SELECT sha256 FROM keysteward.run_report JOIN keysteward.run USING (run_id)"
				+ " WHERE run_key = 'tonight'"))
			.containsExactly(sha256);
		assertThat(report).contains(sha256);
		assertThat(SheetText.of(file, "Summary")).contains("Owner notices | 1 WARNING, 1 DISABLED |")
			.doesNotContain("failed or refused");
		assertThat(SheetText.of(file, "Actions")).contains("DISABLED taken by the mail server")
			.doesNotContain("not taken", "not sent yet");
	}

	private static List<String> states() {
		return night.governance("""
				SELECT concat_ws(' ', kind, n.status) FROM keysteward.notice n JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tonight'""");
	}

	private static String id(String message) {
		Matcher matcher = MESSAGE_ID.matcher(message);
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

}
