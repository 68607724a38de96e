package io.keysteward.notice.webhook;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.boot.ssl.SslBundles;

/**
 * The configured channels.
 */
public final class Channels {

	private final Map<String, Channel> channels;

	private Channels(Map<String, Channel> channels) {
		this.channels = channels;
	}

	/**
	 * {@return the channels that these settings describe}
	 * @param settings one for each channel
	 * @param bundles the TLS bundles with private authorities
	 * @param clock the clock of signatures
	 * @throws Failure of configuration that names each fault
	 */
	public static Channels of(List<ChannelSettings> settings, SslBundles bundles, Clock clock) {
		requireDistinct(settings);
		Map<String, Channel> channels = new LinkedHashMap<>();
		List<String> faults = new ArrayList<>();
		for (ChannelSettings each : settings) {
			try {
				Channel channel = Channel.of(each, bundles, clock);
				channels.put(channel.id(), channel);
			}
			catch (Failure ex) {
				faults.add(ex.line());
			}
		}
		if (!faults.isEmpty()) {
			throw Failure.configuration(String.join(". ", faults));
		}
		return new Channels(channels);
	}

	/**
	 * Refuses two channels with one id.
	 */
	public static void requireDistinct(List<ChannelSettings> settings) {
		Set<String> ids = new HashSet<>();
		for (String id : ids(settings)) {
			if (!ids.add(id)) {
				throw Failure.configuration(
						Channel.PROPERTY + ": the id '" + SafeText.shortened(id) + "' comes twice; give each its own");
			}
		}
	}

	/**
	 * {@return the ids in these settings}
	 */
	public static List<String> ids(List<ChannelSettings> settings) {
		return settings.stream().map(ChannelSettings::id).filter(Objects::nonNull).toList();
	}

	/**
	 * {@return the same channels for a rehearsal, which post nothing}
	 */
	public Channels rehearsed() {
		Map<String, Channel> rehearsed = new LinkedHashMap<>();
		this.channels.forEach((id, channel) -> rehearsed.put(id, channel.rehearsed()));
		return new Channels(rehearsed);
	}

	/**
	 * {@return the channels, in the order of the settings}
	 */
	public Collection<Channel> all() {
		return this.channels.values();
	}

	/**
	 * {@return the channel with this id, if there is one}
	 */
	public Optional<Channel> find(String id) {
		return Optional.ofNullable(this.channels.get(id));
	}

}
