package io.keysteward.notice.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.keysteward.notice.webhook.ChannelMessage.Item;
import io.keysteward.notice.webhook.ChannelMessage.Rest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/**
 * A channel to a test's server, which records its pauses.
 *
 * @param pauses the pauses
 */
record TestChannel(List<Duration> pauses) {

	static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	TestChannel() {
		this(new ArrayList<>());
	}

	Channel of(ChannelKind kind, String url) {
		return of(kind, url, Clock.systemUTC());
	}

	Channel of(ChannelKind kind, String url, Clock clock) {
		return of(settings("team", kind, url), clock);
	}

	Channel of(ChannelSettings settings, Clock clock) {
		return Channel.of(settings, new DefaultSslBundleRegistry(), clock, Duration.ofMillis(700), this.pauses::add);
	}

	static ChannelSettings settings(String id, @Nullable ChannelKind kind, @Nullable String url) {
		return new ChannelSettings(id, kind, url, (kind == ChannelKind.WEBHOOK) ? List.of(SECRET) : List.of(), false,
				null);
	}

	static ChannelMessage message(String title, int items, String name) {
		return new ChannelMessage("ks_4f9a", "keysteward.warning", Instant.parse("2026-11-23T02:00:00Z"), title,
				List.of("If nothing changes, they may be disabled."),
				IntStream.rangeClosed(1, items)
					.mapToObj((number) -> new Item(name, List.of("Id: k-" + number, "Reason: " + name),
							Map.of("key_id", "k-" + number)))
					.toList(),
				new Rest("more key", "which the mail names", 0), Map.of("run", "2026-11-23"));
	}

}
