package io.keysteward.notice.webhook;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.keysteward.source.http.ScriptedServer;
import io.keysteward.source.http.ScriptedServer.Fault;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.http.ScriptedServer.Request;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What a channel's answers mean, in real HTTP conversations.
 */
class ChannelTests {

	private static final String PATH = "/services/T000/B000/sEcReT";

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.of(200, "ok"));

	private final TestChannel channels = new TestChannel();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "SLACK | 200 | ok | POSTED | -",
			"SLACK | 200 | ' ok ' | POSTED | -",
			"SLACK | 200 | invalid_blocks | REFUSED | answers 200 without ok (invalid_blocks)",
			"SLACK | 200 | <html>sEcReT</html> | REFUSED | answers 200 without ok, so it has not posted",
			"SLACK | 202 | ok | REFUSED | answers 202 without ok",
			"SLACK | 400 | invalid_payload | REFUSED | refuses this message: it answers 400 (invalid_payload)",
			"SLACK | 403 | action_prohibited | REFUSED | answers 403 (action_prohibited); correct its url",
			"SLACK | 404 | channel_not_found | REFUSED | answers 404 (channel_not_found): the channel is gone",
			"SLACK | 404 | no_service | REFUSED | answers 404 (no_service): the channel is gone",
			"SLACK | 410 | channel_is_archived | REFUSED | answers 410 (channel_is_archived): the channel is gone",
			"SLACK | 500 | rollup_error | LATER | answers 500 (rollup_error)",
			"TEAMS | 202 | '' | TAKEN | has started the workflow (202); whether it posts the message is not known",
			"TEAMS | 200 | posted | POSTED | -", "TEAMS | 200 | 1 | REFUSED | answers 200 without 'posted'",
			"TEAMS | 200 | Webhook message delivery failed with error: HTTP error 429 | REFUSED | without 'posted'",
			"TEAMS | 401 | '' | REFUSED | answers 401; correct its url", "WEBHOOK | 200 | '' | POSTED | -",
			"WEBHOOK | 204 | '' | POSTED | -",
			"WEBHOOK | 202 | '' | TAKEN | answers 202; whether it did anything with the message is not known",
			"WEBHOOK | 410 | sEcReT | REFUSED | answers 410: the channel is gone, and nothing more is posted to it",
			"WEBHOOK | 413 | sEcReT | REFUSED | refuses this message: it answers 413",
			"WEBHOOK | 500 | sEcReT | LATER | answers 500" })
	void anAnswerMeansWhatItsServiceMeans(ChannelKind kind, int status, String body, Delivery.Result result,
			String what) {
		this.server.answering((request) -> Reply.of(status, body));
		Delivery delivery = post(kind);
		assertThat(delivery.result()).isEqualTo(result);
		assertThat(delivery.proven()).isEqualTo(result == Delivery.Result.POSTED);
		assertThat(delivery.detail())
			.startsWith("keysteward.channels[team].url: localhost:" + this.server.port() + "/services/… "
					+ ((what != null && what.startsWith("answers")) ? what : ""))
			.contains((what != null) ? what : "has it")
			.doesNotContain("sEcReT", "T000", "delivery failed");
		assertThat(this.server.asked()).containsExactly(PATH);
	}

	@ParameterizedTest
	@EnumSource(ChannelKind.class)
	void aRedirectIsNotFollowed(ChannelKind kind) {
		this.server.answering((request) -> Reply.of(307, "").with("Location", this.server.url() + "/elsewhere"));
		Delivery delivery = post(kind);
		assertThat(delivery.result()).isEqualTo(Delivery.Result.REFUSED);
		assertThat(delivery.detail()).contains("redirects (307), which is not followed").doesNotContain("elsewhere");
		assertThat(this.server.asked()).containsExactly(PATH);
	}

	@ParameterizedTest
	@EnumSource(ChannelKind.class)
	void aBusyChannelIsAskedAgainAfterThePauseThatItWants(ChannelKind kind) {
		AtomicInteger attempts = new AtomicInteger();
		this.server
			.answering((request) -> (attempts.incrementAndGet() == 1) ? Reply.of(429, "").with("Retry-After", "7")
					: Reply.of(200, (kind == ChannelKind.TEAMS) ? "posted" : "ok"));
		assertThat(post(kind).result()).isEqualTo(Delivery.Result.POSTED);
		assertThat(this.channels.pauses()).containsExactly(Duration.ofSeconds(7));
		assertThat(this.server.requests()).extracting(Request::body)
			.hasSize(2)
			.containsOnly(this.server.requests().get(0).body());
	}

	@Test
	void aPauseIsBoundedAndSoAreTheAttempts() {
		this.server.answering((request) -> Reply.of(429, "").with("Retry-After", "3600"));
		Delivery delivery = post(ChannelKind.SLACK);
		assertThat(delivery.isTransient()).isTrue();
		assertThat(delivery.detail())
			.endsWith("answers 429, and asks for a pause of 3600 s, longer than the allowed 30 s");
		assertThat(this.channels.pauses()).isEmpty();
		this.server.answering((request) -> Reply.of(503, ""));
		assertThat(post(ChannelKind.WEBHOOK).detail()).endsWith("answers 503, at attempt 3");
		assertThat(this.channels.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
	}

	/** Slack has no id by which it would know the message again. */
	@ParameterizedTest
	@EnumSource(value = ChannelKind.class, mode = Mode.EXCLUDE, names = "WEBHOOK")
	void whatWasPerhapsTakenIsNotPostedAgainAtOnce(ChannelKind kind) {
		for (Fault fault : new Fault[] { Fault.SLOW, Fault.BREAK }) {
			this.server.requests().clear();
			this.server.answering((request) -> Reply.of(200, "ok").fails(fault));
			Delivery delivery = post(kind);
			assertThat(delivery.isTransient()).isTrue();
			assertThat(delivery.detail()).contains("whether it took the message is not known");
			assertThat(this.server.asked()).containsExactly(PATH);
		}
		this.server.answering((request) -> Reply.of(502, ""));
		this.server.requests().clear();
		assertThat(post(kind).isTransient()).isTrue();
		assertThat(this.server.asked()).containsExactly(PATH);
	}

	@Test
	void aWebhookKnowsTheMessageAgainByItsId() {
		AtomicInteger attempts = new AtomicInteger();
		this.server.answering((request) -> (attempts.incrementAndGet() == 1) ? Reply.of(200, "").fails(Fault.SLOW)
				: Reply.of(204, ""));
		assertThat(post(ChannelKind.WEBHOOK).result()).isEqualTo(Delivery.Result.POSTED);
		assertThat(this.server.requests()).extracting((request) -> request.headers().get("webhook-id"))
			.containsExactly("ks_4f9a", "ks_4f9a");
	}

	@ParameterizedTest
	@ValueSource(ints = { 410, 404, 500, 429 })
	void aChannelThatIsGoneOrDownIsLeftAloneUntilTheNextStart(int status) {
		this.server.answering((request) -> Reply.of(status, "").with("Retry-After", "99"));
		Channel channel = channel(ChannelKind.SLACK);
		Delivery first = channel.post(message());
		Delivery second = channel.post(message());
		assertThat(second.result()).isEqualTo(first.result()).isIn(Delivery.Result.REFUSED, Delivery.Result.LATER);
		assertThat(second.detail()).isEqualTo(first.detail() + "; it was not tried for this message");
		assertThat(second.named()).isZero();
		assertThat(this.server.asked()).hasSize(1);
	}

	@Test
	void aMessageThatIsRefusedForItselfKeepsNoOtherFromBeingPosted() {
		this.server.answering((request) -> Reply.of(400, "invalid_blocks"));
		Channel channel = channel(ChannelKind.SLACK);
		assertThat(channel.post(message()).result()).isEqualTo(Delivery.Result.REFUSED);
		this.server.answering((request) -> Reply.of(200, "ok"));
		assertThat(channel.post(message()).result()).isEqualTo(Delivery.Result.POSTED);
	}

	@Test
	void anEndlessAnswerIsNotRead() {
		this.server.answering((request) -> Reply.of(200, "ok".repeat(40_000)));
		assertThat(post(ChannelKind.SLACK).detail()).contains("answers with more than 64 kB");
	}

	@Test
	void aServerThatIsNotThereIsTriedAgainAndSaidToBeGone() {
		int port = this.server.port();
		this.server.close();
		Delivery delivery = post(ChannelKind.SLACK);
		assertThat(delivery.isTransient()).isTrue();
		assertThat(delivery.detail()).isEqualTo("keysteward.channels[team].url: localhost:" + port
				+ "/services/… refuses the connection: nothing listens at that address, at attempt 3");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> channel(ChannelKind.SLACK).connect())
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY))
			.withMessageContaining("refuses the connection");
	}

	@Test
	void connectingPostsNothingAndDoesNotShowTheAddress() {
		this.server.answering((request) -> Reply.of(404, ""));
		assertThatNoException().isThrownBy(() -> channel(ChannelKind.SLACK).connect());
		assertThat(this.server.requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("HEAD");
			assertThat(request.target()).isEqualTo("/");
		});
	}

	private Delivery post(ChannelKind kind) {
		return channel(kind).post(message());
	}

	private Channel channel(ChannelKind kind) {
		return this.channels.of(kind, this.server.url() + PATH);
	}

	private static ChannelMessage message() {
		return TestChannel.message("2 unused API keys may be disabled", 2, "batch");
	}

}
