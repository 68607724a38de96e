package io.keysteward.notice.webhook;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A channel under {@code keysteward.channels}.
 *
 * @param id its name in reports, messages and {@code owners.yaml}
 * @param kind who reads it
 * @param url where messages are posted; a secret
 * @param secrets what signs the messages of a webhook; two while one replaces the other
 * @param governance whether it gets the governance message of each run
 * @param sslBundle the name of a bundle under {@code spring.ssl.bundle}, for a private
 * authority; null: the JDK's authorities
 */
public record ChannelSettings(@Nullable String id, @Nullable ChannelKind kind, @Nullable String url,
		@DefaultValue List<String> secrets, @DefaultValue("false") boolean governance, @Nullable String sslBundle) {

	@Override
	public String toString() {
		return "channel " + this.id;
	}

}
