package io.keysteward.notice.mail;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.notice.OwnerOutbox;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OwnerRefusalTests {

	private final Path file;

	OwnerRefusalTests(@TempDir Path directory) {
		this.file = directory.resolve("owners.yaml");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					RCPT TO:<grace@example.org> | 550 5.1.1 no such user | the mail server refused grace@example.org ("550 5.1.1 no such user")
					RCPT TO:<grace@example.org> | 501 5.1.3 bad address  | the mail server refused grace@example.org ("501 5.1.3 bad address")
					RCPT TO:<grace@example.org> | 450 4.2.2 mailbox full | the mail server refused grace@example.org ("450 4.2.2 mailbox full")
					""")
	void aRefusedRecipientKeepsNobodyElseFromBeingTold(String command, String answer, String detail)
			throws IOException {
		OwnerNight night = three();
		try (SmtpStub server = new SmtpStub(null).answering(command, answer)) {
			night.send(RunFixture.sender(server.port(), true));
			assertThat(server.messages()).hasSize(2);
			assertThat(states(night)).containsExactly("ada@example.org SENT null", "grace@example.org FAILED " + detail,
					"zoe@example.org SENT null");
			assertThat(night.notices(RunFixture.sender(1, true)).tally(night.run()))
				.isEqualTo(new OwnerOutbox.Tally(2, 2, 1, 0));
			server.answering(command, "250 ok");
			night.send(RunFixture.sender(server.port(), true));
			assertThat(server.messages()).hasSize(3);
			assertThat(states(night)).allMatch((state) -> state.endsWith(" SENT null"));
		}
	}

	@Test
	void aRefusedMessageKeepsNoOtherFromBeingSent() throws IOException {
		OwnerNight night = three();
		try (SmtpStub server = new SmtpStub(null).answering("BODY", "554 5.7.1 looks like spam")) {
			night.send(RunFixture.sender(server.port(), true));
			assertThat(server.messages()).hasSize(3);
			assertThat(states(night)).hasSize(3)
				.allMatch((state) -> state
					.endsWith("FAILED the mail server refused the message (\"554 5.7.1 looks like spam\")"));
		}
	}

	@Test
	void whoIsRefusedDoesNotKeepTheOthersOfTheirMailFromBeingTold() throws IOException {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1).owner(1, null);
		Files.writeString(this.file, "owners: {u-7: [Ada@example.org, bob@example.org, eve@example.org]}");
		OwnerDirectory owners = OwnerDirectory.read(this.file, OwnerNight.SETTINGS, List.of());
		try (SmtpStub server = new SmtpStub(null).answering("RCPT TO:<Ada@example.org>", "550 5.1.1 unknown")) {
			night.send(night.notices(RunFixture.sender(server.port(), true), OwnerNight.SETTINGS, owners), night.run());
			assertThat(server.messages()).singleElement().asString().contains("To: bob@example.org, eve@example.org");
			assertThat(states(night)).containsExactly("bob@example.org, eve@example.org SENT"
					+ " the mail server refused Ada@example.org (\"550 5.1.1 unknown\")");
		}
	}

	@Test
	void aServerThatMeansOneOfThemAndSaysSoAfterTheMessageKeepsNoOtherFromBeingTold() throws IOException {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1).owner(1, null);
		Files.writeString(this.file, "owners: {u-7: [ada@example.org, dead@example.org, eve@example.org]}");
		OwnerDirectory owners = OwnerDirectory.read(this.file, OwnerNight.SETTINGS, List.of());
		try (SmtpStub server = new SmtpStub(null).answeringMessageWith("dead@example.org", "550 5.1.10 not found")) {
			night.send(night.notices(RunFixture.sender(server.port(), true), OwnerNight.SETTINGS, owners), night.run());
			assertThat(server.taken()).hasSize(2).noneMatch((message) -> message.contains("dead@example.org"));
			assertThat(states(night)).containsExactly("ada@example.org, eve@example.org SENT"
					+ " the mail server refused the message (\"550 5.1.10 not found\")");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "550 5.7.1 Message blocked: attachment type not allowed", "552 5.3.4 too big",
			"554 5.6.1 content not supported" })
	void withoutItsListAMailNamesAndTellsOnlyTheKeysThatItHasRoomFor(String answer) throws IOException {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 250);
		try (SmtpStub server = new SmtpStub(null).answeringMessageWith("filename=", answer)) {
			night.send(RunFixture.sender(server.port(), true));
			assertThat(server.messages()).hasSize(2);
			assertThat(server.taken()).singleElement()
				.asString()
				.contains("Subject: [Keysteward][prod] 200 unused API keys",
						"There are 50 more keys, which later mails")
				.doesNotContain("attached");
			String first = String.valueOf(night.outbox().get(0).get("message_id"));
			assertThat(night.named(first)).hasSize(200)
				.allSatisfy((key) -> assertThat(server.taken().get(0)).contains("Id: " + key));
			assertThat(night.notices(RunFixture.sender(1, true)).tally(night.run()))
				.isEqualTo(new OwnerOutbox.Tally(1, 200, 0, 0));
			night.send(RunFixture.sender(server.port(), true));
			assertThat(night.named(first.replace("@", ".2@"))).hasSize(50)
				.doesNotContainAnyElementsOf(night.named(first));
			assertThat(states(night)).containsExactly(
					"ada@example.org SENT the mail server refused the message (\"" + answer + "\")",
					"ada@example.org SENT null");
		}
	}

	@Test
	void aListThatIsLargerThanWhatMayBeAttachedIsNotSent() throws IOException {
		OwnerNight night = OwnerNight.of().keys("FINAL", 1, 250);
		MailSettings settings = new MailSettings(OwnerNight.SETTINGS.from(), OwnerNight.SETTINGS.to(),
				DataSize.ofKilobytes(1), "prod", true, null, List.of(), null);
		try (SmtpStub server = new SmtpStub(null)) {
			night.send(night.notices(RunFixture.sender(server.port(), true), settings, OwnerDirectory.NOBODY),
					night.run());
			assertThat(server.taken()).singleElement().asString().doesNotContain("filename=");
			assertThat(night.named(String.valueOf(night.outbox().get(0).get("message_id")))).hasSize(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GREETING | 421 too busy           | RETRY
			GREETING | drop                   | RETRY
			MAIL     | 451 try later          | RETRY
			MAIL     | hang                   | RETRY
			RCPT     | 421 4.3.2 going down   | RETRY
			BODY     | 452 disk full          | RETRY
			BODY     | drop                   | RETRY
			MAIL     | 530 5.7.0 log in first | CONFIGURATION
			RCPT     | 530 5.7.0 log in first | CONFIGURATION
			MAIL     | 553 not your address   | CONFIGURATION
			MAIL     | 554 5.7.1 not you      | CONFIGURATION
			""")
	void aServerThatTakesNothingEndsTheStepAndTheNextStartSendsAll(String command, String answer, Failure.Kind kind)
			throws IOException {
		OwnerNight night = three();
		try (SmtpStub server = new SmtpStub(null).answering(command, answer)) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), true);
			sender.getJavaMailProperties().put("mail.smtp.timeout", "300");
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> night.send(sender))
				.returns(kind, Failure::kind)
				.satisfies((failure) -> assertThat(states(night)).containsExactly(
						"ada@example.org FAILED " + failure.line(), "grace@example.org PENDING null",
						"zoe@example.org PENDING null"));
		}
		try (SmtpStub server = new SmtpStub(null)) {
			night.send(RunFixture.sender(server.port(), true)).send(RunFixture.sender(server.port(), true));
			assertThat(server.messages()).hasSize(3);
			assertThat(states(night)).allMatch((state) -> state.endsWith(" SENT null"));
		}
	}

	@Test
	void aServerThatGoesDownBetweenTwoMailsIsSpokenToAgainForTheRestOnly() throws IOException {
		OwnerNight night = three();
		try (SmtpStub server = new SmtpStub(null).answering("RCPT TO:<grace@example.org>", SmtpStub.DROP)) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), true);
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> night.send(sender))
				.returns(Failure.Kind.RETRY, Failure::kind);
			server.answering("RCPT TO:<grace@example.org>", "250 ok");
			night.send(sender);
			assertThat(server.messages()).hasSize(3);
			assertThat(server.messages()).filteredOn((message) -> message.contains("To: ada@example.org")).hasSize(1);
		}
	}

	@Test
	void aServerThatIsNotThereIsWorthAnotherTry() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0)) {
			port = closed.getLocalPort();
		}
		OwnerNight night = three();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> night.send(RunFixture.sender(port, true)))
			.returns(Failure.Kind.RETRY, Failure::kind);
	}

	private static OwnerNight three() {
		return OwnerNight.of().keys("WARNING", 1, 3).owner(2, "grace@example.org").owner(3, "zoe@example.org");
	}

	private static List<String> states(OwnerNight night) {
		return night.outbox()
			.stream()
			.map((notice) -> notice.get("recipient") + " " + notice.get("status") + " " + notice.get("detail"))
			.toList();
	}

}
