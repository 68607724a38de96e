package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.keysteward.notice.webhook.ChannelKind;
import io.keysteward.notice.webhook.ChannelSettings;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.source.http.ScriptedServer;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The governance message in channels.
 */
class GovernancePostsTests {

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.of(200, "ok"));

	private final RunFixture stored = RunFixture.of("2026-11-23");

	private final Path workbook;

	GovernancePostsTests(@TempDir Path directory) {
		this.workbook = directory.resolve("report.xlsx");
	}

	@BeforeEach
	void write() throws IOException {
		Files.writeString(this.workbook, "a workbook");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void eachChannelForGovernanceGetsTheReportOnceAndOthersNever() {
		this.stored.update("run_key = '<!here>'");
		send(true);
		send(true);
		assertThat(this.server.asked()).containsExactly("/board", "/hook");
		String slack = this.server.requests().get(0).body();
		assertThat(slack).contains(
				"[Keysteward][prod] 2026-11-23 &lt;!here&gt;: 12 violations, 45 warnings, nothing disabled (report only)",
				"50 keys of 1,118 judged are flagged.", "Since the last run: 5 new, 2 worse, 11 resolved",
				"Workbook: Written (10 bytes). It is at " + this.workbook,
				"Nothing was disabled: this run only reports.")
			.doesNotContain("<");
		assertThat(this.server.requests().get(1).body()).contains("\"type\":\"keysteward.report\"",
				"\"timestamp\":\"2026-11-23T02:00:00Z\"", "\"complete\":true", "\"run_key\":\"<!here>\"",
				"\"flagged\":50", "\"environment\":\"prod\"");
		assertThat(this.stored.notices()).extracting((row) -> row.get("recipient") + " " + row.get("status"))
			.containsExactly("channel:board SENT", "channel:hook SENT");
	}

	@Test
	void aCompleteReportFollowsAnIncompleteOneUnderAnIdOfItsOwn() {
		this.stored.source("ci", "Build servers", "FAILED", "connection refused");
		send(true);
		this.stored.source("ci", "Build servers", "READ", null);
		send(true);
		assertThat(this.server.requests()).hasSize(4);
		assertThat(this.server.requests().get(1).body()).contains("\"complete\":false", "Not read: Build servers (ci)")
			.doesNotContain("It replaces");
		assertThat(this.server.requests().get(3).body()).contains("\"complete\":true",
				"This report is complete. It replaces the one marked INCOMPLETE for the same run.");
		assertThat(this.server.requests().get(3).headers().get("webhook-id"))
			.isNotEqualTo(this.server.requests().get(1).headers().get("webhook-id"));
	}

	@Test
	void aChannelThatIsDownFailsTheRunOnceAndTheNextStartPostsUnderTheSameId() {
		this.server.answering((request) -> Reply.of(request.path().equals("/hook") ? 500 : 200, "ok"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(true))
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY))
			.withMessageContaining("keysteward.channels[hook].url: localhost:" + this.server.port() + "/… answers 500;"
					+ " start again later");
		assertThatNoException().isThrownBy(() -> send(true));
		this.server.answering((request) -> Reply.of(200, "ok"));
		send(true);
		assertThat(this.server.asked()).containsExactly("/board", "/hook", "/hook", "/hook");
		assertThat(this.server.requests().subList(1, 4)).extracting((request) -> request.headers().get("webhook-id"))
			.containsOnly(String.valueOf(this.stored.notices().get(1).get("message_id")));
		assertThat(this.stored.notices()).extracting((row) -> row.get("status")).containsExactly("SENT", "SENT");
	}

	@Test
	void aChannelThatIsGoneFailsNoRunUnlessNobodyElseIsTold() {
		this.server.answering((request) -> Reply.of(410, ""));
		assertThatNoException().isThrownBy(() -> send(true));
		assertThat(this.stored.notices()).extracting((row) -> row.get("status")).containsExactly("FAILED", "FAILED");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(false))
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
			.withMessageContaining("nobody has the governance message, since no mail server is configured either");
		this.server.answering((request) -> Reply.of(request.path().equals("/hook") ? 410 : 200, "ok"));
		assertThatNoException().isThrownBy(() -> send(false));
	}

	@Test
	void aChannelThatFailsAgainFailsNoRunWhereAnotherChannelHasTheMessage() {
		this.server.answering((request) -> Reply.of(request.path().equals("/hook") ? 500 : 200, "ok"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(false))
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY));
		assertThatNoException().isThrownBy(() -> send(false));
		assertThat(this.stored.notices()).extracting((row) -> row.get("status")).containsExactly("SENT", "FAILED");
	}

	@Test
	void whereNobodyHasTheMessageEachStartMayTryAgainAsLongAsAChannelIsOnlyDown() {
		this.server.answering((request) -> Reply.of(request.path().equals("/hook") ? 500 : 410, ""));
		for (int start = 1; start <= 2; start++) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(false))
				.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY))
				.withMessageContaining("answers 500; nobody has the governance message");
		}
		this.server.answering((request) -> Reply.of(200, "ok"));
		assertThatNoException().isThrownBy(() -> send(false));
	}

	@Test
	void anEmptyEnvironmentIsNone() {
		send(true, " ");
		assertThat(this.server.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.body()).contains("[Keysteward] 2026-11-23")
				.doesNotContain("environment"));
	}

	@Test
	void anEnvironmentThatHidesSomethingIsRefused() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> send(false, "pr\u200bod"))
			.withMessageStartingWith("keysteward.mail.environment: ");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aCheckRefusesWhatTheRunWouldThoughThereIsNoMailServer() {
		GovernanceMail mail = this.stored.mail(null, settings("pr\u200bod"));
		assertThatExceptionOfType(Failure.class).isThrownBy(mail::check)
			.withMessageStartingWith("keysteward.mail.environment: ");
		assertThatNoException().isThrownBy(this.stored.mail(null, settings(""))::check);
	}

	private static MailSettings settings(String environment) {
		return new MailSettings(null, List.of(), RunFixture.ATTACHMENT, environment, false, null, List.of(), null);
	}

	private void send(boolean mail) {
		send(mail, "prod");
	}

	private void send(boolean mail, String environment) {
		JavaMailSenderImpl sender = mail ? RunFixture.sender(1, true) : null;
		Channels channels = Channels.of(List.of(channel("board", ChannelKind.SLACK, true),
				channel("team", ChannelKind.SLACK, false), channel("hook", ChannelKind.WEBHOOK, true)),
				new DefaultSslBundleRegistry(), Clock.systemUTC());
		new GovernancePosts(channels, OwnerNight.server(sender), settings(environment), this.stored.outbox(),
				this.stored.events())
			.send(this.stored.run(), this.stored.sources(), RunFixture.reports(this.workbook, "0".repeat(64)), null);
	}

	private ChannelSettings channel(String id, ChannelKind kind, boolean governance) {
		return new ChannelSettings(id, kind, this.server.url() + "/" + id,
				(kind == ChannelKind.WEBHOOK) ? List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") : List.of(),
				governance, null);
	}

}
