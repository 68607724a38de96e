package io.keysteward.config;

import java.time.Clock;

import io.keysteward.notice.webhook.Channel;
import io.keysteward.notice.webhook.ChannelSettings;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;

/**
 * The settings of each channel are valid, and its server answers. Nothing is posted.
 */
final class ChannelsCheck implements ReadinessCheck {

	private final KeystewardProperties properties;

	private final SslBundles bundles;

	private final Clock clock;

	ChannelsCheck(KeystewardProperties properties, SslBundles bundles, Clock clock) {
		this.properties = properties;
		this.bundles = bundles;
		this.clock = clock;
	}

	@Override
	public @Nullable String check(Trial trial) {
		for (ChannelSettings settings : this.properties.channels()) {
			trial.attempt("channel " + SafeText.shortened(settings.id()), () -> check(settings));
		}
		Channels.requireDistinct(this.properties.channels());
		return null;
	}

	private String check(ChannelSettings settings) {
		Channel channel = Channel.of(settings, this.bundles, this.clock);
		channel.connect();
		return channel.description() + " answers; it gets "
				+ (channel.isForGovernance() ? "the governance message, and " : "") + "what owners.yaml names it for";
	}

}
