package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.notice.mail.GovernanceMail.Outcome;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class GovernanceRefusalTests {

	private static final String CISO = "RCPT TO:<ciso@example.com>";

	private static final String SECURITY = "RCPT TO:<security@example.com>";

	private static final MailSettings THREE = new MailSettings("keysteward@example.com",
			List.of("security@example.com", "ciso@example.com", "audit@example.com"), RunFixture.ATTACHMENT, null,
			false, null, List.of(), null);

	private static Path workbook;

	private static String sha256;

	@BeforeAll
	static void files(@TempDir Path directory) throws IOException {
		byte[] content = new byte[20_000];
		workbook = Files.write(directory.resolve("keysteward.xlsx"), content);
		sha256 = Sha256.of(content);
	}

	@ParameterizedTest
	@ValueSource(strings = { "550 5.1.1 no such user", "501 5.1.3 bad address", "552 5.2.2 mailbox full",
			"554 5.7.1 relay access denied" })
	void aDeadRecipientKeepsNobodyElseFromTheReportAndEndsNoRun(String answer, CapturedOutput output)
			throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering(CISO, answer)) {
			assertThat(send(run, server, THREE)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).extracting(GovernanceRefusalTests::to)
				.containsExactly("security@example.com", "audit@example.com");
			String said = "the mail server refused ciso@example.com (\"" + answer + "\")";
			assertThat(states(run)).containsExactly("security@example.com SENT null", "ciso@example.com FAILED " + said,
					"audit@example.com SENT null");
			assertThat(output).contains("WARN")
				.contains("run 2026-11-23: a recipient has no governance mail: " + said
						+ "; 2 others have it; correct keysteward.mail.to");
			server.answering(CISO, "250 ok");
			assertThat(send(run, server, THREE)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).extracting(GovernanceRefusalTests::to)
				.containsExactly("security@example.com", "audit@example.com", "ciso@example.com");
		}
	}

	@Test
	void aRecipientWhoIsRefusedForNowIsWaitedForOnce() throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering(CISO, "450 4.2.0 greylisted")) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(run, server, THREE))
				.returns(Failure.Kind.RETRY, Failure::kind)
				.withMessageContainingAll("ciso@example.com (\"450 4.2.0 greylisted\")", "2 others have it",
						"start again later");
			assertThat(send(run, server, THREE)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).hasSize(2);
			server.answering(CISO, "250 ok");
			assertThat(send(run, server, THREE)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).hasSize(3);
			server.answering(CISO, "450 4.2.0 greylisted");
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(next(run), server, THREE));
		}
	}

	@Test
	void aRecipientWhoIsRefusedForNowEveryNightFailsOneRunOnly() throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering(CISO, "450 4.1.2 domain not found")) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(run, server, THREE));
			assertThat(send(next(run), server, THREE)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).hasSize(4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SmtpStub.DROP, SmtpStub.HANG, "421 4.3.2 not for them" })
	void aServerThatEndsTheTalkAtOneRecipientKeepsNobodyElseFromTheReport(String answer) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering(SECURITY, answer)) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(run, server, THREE))
				.returns(Failure.Kind.RETRY, Failure::kind);
			assertThat(server.taken()).extracting(GovernanceRefusalTests::to)
				.containsExactly("ciso@example.com", "audit@example.com");
		}
	}

	@Test
	void whereNobodyGotItTheRunFailsAndSaysWhetherToTryAgain() throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("RCPT", "550 5.1.1 unknown")) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(run, server, THREE))
				.returns(Failure.Kind.CONFIGURATION, Failure::kind)
				.withMessageContaining("nobody got the mail; correct keysteward.mail.to");
			server.answering(CISO, "450 4.2.0 greylisted");
			for (int start = 0; start < 3; start++) {
				assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(run, server, THREE))
					.returns(Failure.Kind.RETRY, Failure::kind)
					.withMessageContaining("ciso@example.com (\"450 4.2.0 greylisted\"); nobody got the mail");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			552 5.3.4 Message size exceeds fixed limit
			554 5.3.4 Message too big for system
			550 5.7.1 Message blocked: attachment type not allowed
			523 5.3.4 the message is too large
			554 5.6.1 Body type not supported
			550 5.7.0 content rejected
			552-5.7.0 This message was blocked
			554 rejected due to virus policy
			""")
	void aReportGoesWithoutTheWorkbookThatTheServerRefuses(String answer, CapturedOutput output) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		String last = answer.replace('-', ' ');
		try (SmtpStub server = new SmtpStub(null).answeringMessageWith("filename=", last)) {
			assertThat(send(run, server, RunFixture.SETTINGS)).isEqualTo(Outcome.SENT);
			assertThat(server.messages()).hasSize(4);
			assertThat(server.taken()).hasSize(2)
				.allSatisfy((message) -> assertThat(message).doesNotContain("filename=")
					.contains("Not attached, since the mail server refused the mail with it (20 KB). It is at"));
			assertThat(states(run)).first()
				.isEqualTo(
						"security@example.com SENT Sent without the workbook: the mail server refused the message (\""
								+ last + "\")");
			assertThat(output).contains("keysteward.mail.max-attachment").doesNotContain("mail.from");
			assertThat(send(run, server, RunFixture.SETTINGS)).isEqualTo(Outcome.ALREADY_SENT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "552 5.2.3 too long", "523 5.3.4 too large", "550 5.3.4 too big" })
	void aServerThatRefusesTheSizeBeforeTheMessageGetsItWithoutTheWorkbook(String answer) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answeringOnce("MAIL", answer)) {
			assertThat(send(run, server, RunFixture.SETTINGS)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).hasSize(2);
			assertThat(server.taken().get(0)).doesNotContain("filename=");
			assertThat(server.taken().get(1)).contains("filename=");
		}
	}

	@Test
	void aMailThatIsLargerThanTheServerSaysItTakesIsNotSent(CapturedOutput output) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("EHLO", "250-stub\r\n250 SIZE 30000")) {
			assertThat(send(run, server, RunFixture.SETTINGS)).isEqualTo(Outcome.SENT);
			assertThat(server.messages()).hasSize(2).noneMatch((message) -> message.contains("filename="));
			assertThat(output).contains("it takes up to 30,000 bytes, the mail has 4");
			assertThat(states(run)).first().asString().contains("SENT Sent without the workbook: ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SIZE", "SIZE 0", "SIZE 100000", "SIZE what" })
	void aServerWithoutALimitGetsTheWorkbook(String size) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("EHLO", "250-stub\r\n250 " + size)) {
			assertThat(send(run, server, RunFixture.SETTINGS)).isEqualTo(Outcome.SENT);
			assertThat(server.taken()).hasSize(2).allMatch((message) -> message.contains("filename="));
		}
	}

	@Test
	void whatIsRefusedWithAndWithoutTheWorkbookBlamesNoProperty() throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(null).answering("BODY", "554 5.7.1 looks like spam")) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(run, server, RunFixture.SETTINGS))
				.returns(Failure.Kind.CONFIGURATION, Failure::kind)
				.withMessageContaining("(\"554 5.7.1 looks like spam\"), though nothing is attached")
				.satisfies((failure) -> assertThat(failure.line()).doesNotContain("keysteward.mail"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Schl\u00FCsselverwaltung", "\u9375\u306E\u7BA1\u7406", "Keysteward \u2013 Bericht" })
	void noHeaderHasAByteThatIsNotAscii(String name) throws IOException {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1).but(1, "owner_name = :value", name);
		MailSettings settings = new MailSettings("\"" + name + "\" <keysteward@example.com>",
				List.of("\"" + name + ", Sécurité\" <security@example.com>"), RunFixture.ATTACHMENT, "R&D – Zürich",
				true, null, List.of(), null);
		try (SmtpStub server = new SmtpStub(null)) {
			send(night.stored(), server, settings);
			night.send(night.notices(RunFixture.sender(server.port(), true), settings, OwnerDirectory.NOBODY),
					night.run());
			assertThat(server.taken()).hasSize(2)
				.allSatisfy((message) -> assertThat(message.substring(0, message.indexOf("\r\n\r\n")))
					.matches(StandardCharsets.US_ASCII.newEncoder()::canEncode)
					.contains("From: =?UTF-8?"));
		}
	}

	private static Outcome send(RunFixture run, SmtpStub server, MailSettings settings) {
		var sender = RunFixture.sender(server.port(), true);
		sender.getJavaMailProperties().put("mail.smtp.timeout", "500");
		return run.mail(sender, settings).send(run.run(), run.sources(), RunFixture.reports(workbook, sha256), null);
	}

	private static RunFixture next(RunFixture run) {
		return new RunFixture(run.database(),
				run.database()
					.jdbc()
					.sql("""
							INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy, sources,
							                            narrowed, status)
							SELECT 'next', as_of + interval '1 day', mode, trigger, requested_by, policy_sha256, policy, sources, narrowed,
							       status
							FROM keysteward.run WHERE run_id = :run
							RETURNING run_id
							""")
					.param("run", run.id())
					.query(Long.class)
					.single());
	}

	private static String to(String message) {
		return message.lines().filter((line) -> line.startsWith("To: ")).findFirst().orElseThrow().substring(4);
	}

	private static List<String> states(RunFixture run) {
		return run.notices()
			.stream()
			.map((notice) -> notice.get("recipient") + " " + notice.get("status") + " " + notice.get("detail"))
			.toList();
	}

}
