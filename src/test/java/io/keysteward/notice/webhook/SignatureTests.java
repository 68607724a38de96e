package io.keysteward.notice.webhook;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.keysteward.source.http.ScriptedServer;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.http.ScriptedServer.Request;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Signatures are those of Standard Webhooks, as its own library verifies them.
 */
class SignatureTests {

	private static final String OTHER = "whsec_" + Base64.getEncoder().encodeToString(new byte[64]);

	/** The example that the libraries of Standard Webhooks are tested with. */
	@Test
	void thePublishedExampleIsSignedAsPublished() {
		assertThat(Signature.of("secrets", List.of(TestChannel.SECRET))
			.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}".getBytes(UTF_8)))
			.isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	}

	@Test
	void aReceiverVerifiesEachAttemptWhichIsSignedAnewUnderTheSameId() {
		Instant now = Instant.now();
		Iterator<Instant> times = List.of(now.minusSeconds(120), now.minusSeconds(119), now, now).iterator();
		Clock clock = new TickingClock(times::next);
		try (ScriptedServer server = new ScriptedServer((request) -> Reply.of(503, ""))) {
			server.answering((request) -> Reply.of((server.requests().size() == 1) ? 503 : 200, ""));
			new TestChannel().of(ChannelKind.WEBHOOK, server.url() + "/hook", clock).post(message());
			assertThat(server.requests()).hasSize(2).allSatisfy(SignatureTests::accepted);
			assertThat(server.requests()).extracting((request) -> request.headers().get("webhook-id"))
				.containsOnly("ks_4f9a");
			assertThat(server.requests()).extracting((request) -> request.headers().get("webhook-timestamp"))
				.containsExactly(String.valueOf(now.minusSeconds(120).getEpochSecond()),
						String.valueOf(now.getEpochSecond()));
			assertThat(server.requests().get(0).body()).isEqualTo(server.requests().get(1).body()).contains("Grüße 👋");
		}
	}

	@Test
	void eachOfTwoSecretsIsEnoughWhileOneReplacesTheOther() {
		Request request = sent(Clock.systemUTC(), List.of(TestChannel.SECRET, OTHER));
		assertThatNoException().isThrownBy(() -> verify(TestChannel.SECRET, request, request.body()));
		assertThatNoException().isThrownBy(() -> verify(OTHER, request, request.body()));
	}

	@Test
	void whatIsOldOrChangedIsNotVerified() {
		Request old = sent(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)), List.of(TestChannel.SECRET));
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> verify(TestChannel.SECRET, old, old.body()));
		Request request = sent(Clock.systemUTC(), List.of(TestChannel.SECRET));
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> verify(TestChannel.SECRET, request, request.body() + " "));
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> verify(OTHER, request, request.body()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64!",
			"whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })
	void whatIsNoSecretIsRefusedAndNotQuoted(String secret) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> Signature.of("x.secrets", List.of(secret)))
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
			.withMessageStartingWith("x.secrets: is not a secret of a webhook; write whsec_ and 24 to 64 random bytes")
			.withMessageNotContainingAny("MfKQ", "c2hv", "not base64");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> Signature.of("x.secrets", List.of()))
			.withMessageStartingWith("x.secrets: is required");
	}

	private static Request sent(Clock clock, List<String> secrets) {
		try (ScriptedServer server = new ScriptedServer((request) -> Reply.of(200, ""))) {
			new TestChannel()
				.of(new ChannelSettings("team", ChannelKind.WEBHOOK, server.url() + "/hook", secrets, false, null),
						clock)
				.post(message());
			return server.requests().get(0);
		}
	}

	private static ChannelMessage message() {
		return TestChannel.message("Grüße 👋", 3, "naïve <key>");
	}

	private static void accepted(Request request) {
		assertThatNoException().isThrownBy(() -> verify(TestChannel.SECRET, request, request.body()));
	}

	private static void verify(String secret, Request request, String body) throws WebhookVerificationException {
		Map<String, List<String>> headers = request.headers()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (header) -> List.of(header.getValue())));
		new Webhook(secret).verify(body, HttpHeaders.of(headers, (name, value) -> true));
	}

	/** A clock that a test moves. */
	private static final class TickingClock extends Clock {

		private final InstantSource times;

		private TickingClock(InstantSource times) {
			this.times = times;
		}

		@Override
		public Instant instant() {
			return this.times.instant();
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
