package io.keysteward.notice.mail;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.keysteward.notice.mail.GovernanceMail.Outcome;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MailServerTests {

	private static final String PASSWORD = "correct-horse-battery";

	private static Path workbook;

	private static String sha256;

	@BeforeAll
	static void files(@TempDir Path directory) throws IOException {
		workbook = Files.write(directory.resolve("keysteward.xlsx"), new byte[] { 1, 2, 3 });
		sha256 = Sha256.of(new byte[] { 1, 2, 3 });
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					GREETING | 421 too busy           | RETRY         | does not answer as a mail server
					GREETING | hang                   | RETRY         | does not answer as a mail server (Read timed out)
					GREETING | drop                   | RETRY         | does not answer as a mail server
					MAIL     | 451 try later          | RETRY         | did not take the message ("451 try later")
					MAIL     | 553 not your address   | CONFIGURATION | refused the message ("553 not your address"); correct keysteward.mail.from
					MAIL     | 530 5.7.0 log in first | CONFIGURATION | wants a login ("530 5.7.0 log in first")
					MAIL     | hang                   | RETRY         | does not answer as a mail server
					RCPT     | 450 4.2.0 greylisted   | RETRY         | does not take mail now for security@example.com ("450 4.2.0 greylisted")
					RCPT     | 550 5.1.1 no such user | CONFIGURATION | refused the recipient security@example.com ("550 5.1.1 no such user")
					RCPT     | drop                   | RETRY         | spring.mail.host
					DATA     | 451 try later          | RETRY         | did not take the message
					BODY     | 452 disk full          | RETRY         | did not take the message ("452 disk full")
					BODY     | 552 too big            | CONFIGURATION | set keysteward.mail.max-attachment below
					BODY     | 554 looks like spam    | CONFIGURATION | refused the message ("554 looks like spam"), though nothing is attached
					BODY     | drop                   | RETRY         | was lost before it said whether it took the message; start again: it goes out once more, with the same Message-ID
					BODY     | hang                   | RETRY         | (Read timed out)
					""")
	void whatTheServerRefusesIsFailedAndSaidInOneLine(String command, String answer, Failure.Kind kind, String line)
			throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering(command, answer)) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), true);
			sender.getJavaMailProperties().put("mail.smtp.timeout", "300");
			Failure failure = failure(run, sender);
			assertThat(failure.line()).startsWith("spring.mail.host: \"localhost:" + server.port() + "\" ")
				.contains(line)
				.doesNotContain("\n");
			assertThat(failure.kind()).isEqualTo(kind);
			assertThat(server.taken()).isEmpty();
			assertThat(run.notices()).hasSize(2)
				.allSatisfy((notice) -> assertThat(notice.get("sent_at")).isNull())
				.first()
				.satisfies((notice) -> assertThat(notice).containsEntry("status", "FAILED")
					.extractingByKey("detail")
					.isNotNull());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					535 5.7.8 no: correct-horse-battery | CONFIGURATION | refused the login ("535 5.7.8"); correct spring.mail.username
					454 4.7.0 later                     | RETRY         | cannot check the login now ("454 4.7.0")
					""")
	void aRefusedLoginIsToldWithoutThePassword(String answer, Failure.Kind kind, String line) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("AUTH", answer)) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), true);
			sender.setUsername("keysteward");
			sender.setPassword(PASSWORD);
			sender.getJavaMailProperties().put("mail.smtp.auth", "true");
			Failure failure = failure(run, sender);
			assertThat(failure.line()).contains(line);
			assertThat(failure).hasNoCause().returns(kind, Failure::kind);
			assertThat(failure.line() + run.notices()).doesNotContain(PASSWORD);
			assertThat(catchThrowableOfType(Failure.class, () -> run.mail(sender, RunFixture.SETTINGS).check()))
				.hasMessage(failure.line());
		}
	}

	@Test
	void aServerThatTookTheMessageAndThenFallsSilentHasTakenIt() throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("QUIT", SmtpStub.HANG)) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), true);
			sender.getJavaMailProperties().put("mail.smtp.timeout", "300");
			sender.getJavaMailProperties().put("mail.smtp.quitwait", "true");
			assertThat(run.send(sender, workbook, sha256)).isEqualTo(Outcome.SENT);
			assertThat(run.send(sender, workbook, sha256)).isEqualTo(Outcome.ALREADY_SENT);
			assertThat(server.messages()).hasSize(2);
		}
	}

	@Test
	void whatTheServerRefusedYesterdayIsSentWithTheSameIdToday() throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("BODY", "451 try later")) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), true);
			failure(run, sender);
			server.answering("BODY", "250 taken");
			assertThat(run.send(sender, workbook, sha256)).isEqualTo(Outcome.SENT);
			assertThat(server.messages()).hasSize(4);
			assertThat(server.taken()).hasSize(2)
				.allSatisfy(
						(message) -> assertThat(server.messages()).filteredOn((other) -> id(other).equals(id(message)))
							.hasSize(2));
		}
	}

	@Test
	void aServerThatIsNotThereIsWorthAnotherTry() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0)) {
			port = closed.getLocalPort();
		}
		RunFixture run = RunFixture.of("2026-11-23");
		assertThat(failure(run, RunFixture.sender(port, true))).returns(Failure.Kind.RETRY, Failure::kind)
			.hasMessageContaining("\"localhost:" + port + "\" does not answer as a mail server (Connection refused");
		JavaMailSenderImpl unknown = RunFixture.sender(port, true);
		unknown.setHost("mail.invalid");
		assertThat(failure(run, unknown)).returns(Failure.Kind.RETRY, Failure::kind)
			.hasMessageContaining("\"mail.invalid:" + port + "\" is not known to DNS");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					mail.smtp.ssl.trust   | *                  | spring.mail.properties[mail.smtp.ssl.trust]: "*" would trust any server
					mail.smtp.ssl.trust   | mail.example.com * | spring.mail.properties[mail.smtp.ssl.trust]: "*" would trust any server
					mail.smtp.sendpartial | true               | spring.mail.properties[mail.smtp.sendpartial]: "true"
					mail.debug.auth       | true               | spring.mail.properties[mail.debug.auth]: "true" would print the login
					mail.transport.protocol | smtps            | spring.mail.protocol: "smtps" is not used here
					""")
	void settingsThatMakeMailUnsafeAreRefused(String property, String value, String line) {
		RunFixture run = RunFixture.of("2026-11-23");
		JavaMailSenderImpl sender = RunFixture.sender(1, true);
		if (property.equals("mail.transport.protocol")) {
			sender.setProtocol(value);
		}
		else {
			sender.getJavaMailProperties().putAll(Map.of(property, value));
		}
		assertThat(failure(run, sender)).returns(Failure.Kind.CONFIGURATION, Failure::kind)
			.hasMessageStartingWith(line);
		assertThat(run.notices()).isEmpty();
	}

	private static String id(String message) {
		return message.lines().filter((line) -> line.startsWith("Message-ID: ")).findFirst().orElseThrow();
	}

	private static Failure failure(RunFixture run, JavaMailSenderImpl sender) {
		Failure failure = catchThrowableOfType(Failure.class, () -> run.send(sender, workbook, sha256));
		assertThat(failure).isNotNull();
		return failure;
	}

}
