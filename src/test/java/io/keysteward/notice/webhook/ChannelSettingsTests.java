package io.keysteward.notice.webhook;

import java.time.Clock;
import java.util.List;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Settings of channels: each fault is one line without the address.
 */
class ChannelSettingsTests {

	private static final String SLACK = "https://hooks.slack.com/services/T000/B000/sEcReT";

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "- | is required; write https://host/path",
			"'' | is required", "sEcReT | is not a web address", "https:///sEcReT | is not a web address",
			"ftp://example.com/sEcReT | is not a web address", "https://example.com/sEc ReT | is not a web address",
			"https://ann:sEcReT@example.com/x | holds a user, a password or a fragment",
			"https://example.com/x#sEcReT | holds a user, a password or a fragment",
			"http://hooks.slack.com/services/T000/sEcReT | hooks.slack.com/services/… would get messages unencrypted",
			"http://127.0.0.1.evil.example/x/sEcReT | 127.0.0.1.evil.example/x/… would get messages unencrypted",
			"https://nordhafen.webhook.office.com/webhookb2/sEcReT/IncomingWebhook/x | nordhafen.webhook.office.com/webhookb2/… is a connector of Microsoft 365, which Microsoft has retired",
			"https://outlook.office.com/webhook/sEcReT | outlook.office.com/webhook/… is a connector of Microsoft 365",
			"https://Outlook.Office365.com/webhook/sEcReT/x | outlook.office365.com/webhook/… is a connector" })
	void anAddressThatCannotBeRightIsRefused(String url, String why) {
		refused(TestChannel.settings("team", ChannelKind.SLACK, url), "keysteward.channels[team].url: " + why);
	}

	@ParameterizedTest
	@CsvSource({ "https://hooks.slack.com/services/T000/B000/sEcReT, slack at hooks.slack.com/services/…",
			"https://hooks.example.com/sEcReT, slack at hooks.example.com/…",
			"https://hooks.example.com/sEcReT/, slack at hooks.example.com/…",
			"https://hooks.example.com?token=sEcReT, slack at hooks.example.com/…",
			"https://HOOKS.example.com:8443/a/b?sig=sEcReT, slack at hooks.example.com:8443/a/…",
			"http://localhost:8065/hooks/sEcReT, slack at localhost:8065/hooks/…" })
	void hostAndFirstPartOfThePathAreShownUnlessThatIsAllOfIt(String url, String shown) {
		Channel channel = channel(TestChannel.settings("team", ChannelKind.SLACK, url));
		assertThat(channel.description()).isEqualTo(shown);
		assertThat(channel.toString()).isEqualTo("channel team, " + shown);
		assertThat(TestChannel.settings("team", ChannelKind.SLACK, url).toString()).isEqualTo("channel team");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Team", "team a", "channel:team", "team, ada@example.com", "-team", "té", "a.b" })
	void anIdIsPlain(String id) {
		refused(TestChannel.settings(id, ChannelKind.SLACK, SLACK),
				"keysteward.channels: the id '" + id + "' is not allowed; write up to 40 lower-case letters");
	}

	@Test
	void aKindIsRequiredAndSoIsWhatSignsAWebhook() {
		refused(TestChannel.settings("team", null, SLACK),
				"keysteward.channels[team].kind: is required; write slack, teams or webhook");
		refused(new ChannelSettings("team", ChannelKind.WEBHOOK, SLACK, List.of(), false, null),
				"keysteward.channels[team].secrets: is required for a webhook");
		refused(new ChannelSettings("team", ChannelKind.TEAMS, SLACK, List.of(TestChannel.SECRET), false, null),
				"keysteward.channels[team].secrets: is for the kind webhook; teams takes none");
		refused(new ChannelSettings("team", ChannelKind.TEAMS, SLACK, List.of(), false, "internal"),
				"keysteward.channels[team].ssl-bundle 'internal': there is no such bundle");
	}

	@Test
	void everyFaultIsSaidAtOnceAndAnIdComesOnce() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> channels(TestChannel.settings("a", null, SLACK),
					TestChannel.settings("b", ChannelKind.SLACK, null)))
			.withMessage("keysteward.channels[a].kind: is required; write slack, teams or webhook."
					+ " keysteward.channels[b].url: is required; write https://host/path, as the service shows it");
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> channels(TestChannel.settings("a", ChannelKind.SLACK, SLACK),
					TestChannel.settings("a", ChannelKind.TEAMS, SLACK)))
			.withMessage("keysteward.channels: the id 'a' comes twice; give each its own");
	}

	private static Channels channels(ChannelSettings... settings) {
		return Channels.of(List.of(settings), new DefaultSslBundleRegistry(), Clock.systemUTC());
	}

	private static void refused(ChannelSettings settings, String line) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> channel(settings))
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
			.withMessageStartingWith(line)
			.withMessageNotContainingAny("sEcReT", "sEc", "T000");
	}

	private static Channel channel(ChannelSettings settings) {
		return new TestChannel().of(settings, Clock.systemUTC());
	}

}
