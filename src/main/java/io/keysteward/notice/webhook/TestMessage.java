package io.keysteward.notice.webhook;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.keysteward.notice.webhook.ChannelMessage.Rest;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.stereotype.Component;

/**
 * Posts a message that says only that messages arrive. It is not in the outbox: no run
 * knows of it.
 */
@Component
public class TestMessage {

	private final Channels channels;

	private final Clock clock;

	TestMessage(Channels channels, Clock clock) {
		this.channels = channels;
		this.clock = clock;
	}

	/**
	 * Posts it as every other message is posted.
	 * @param option the option that names the channel, for messages
	 * @param id the channel's id
	 * @param requestedBy who asks for it
	 * @return what became of it: the channel took it
	 * @throws Failure where there is no such channel, or it does not take the message
	 */
	public Delivery send(String option, String id, String requestedBy) {
		Channel channel = this.channels.find(id)
			.orElseThrow(() -> Failure.configuration(option + ": '" + SafeText.shortened(id) + "' is not allowed; "
					+ (this.channels.all().isEmpty() ? "no channel is configured under " + Channel.PROPERTY
							: "allowed: " + this.channels.all()
								.stream()
								.map(Channel::id)
								.collect(Collectors.joining(", ")))));
		Delivery delivery = channel.post(message(requestedBy));
		if (!delivery.taken()) {
			throw delivery.isTransient() ? Failure.retry(delivery.detail(), null)
					: Failure.configuration(delivery.detail());
		}
		return delivery;
	}

	private ChannelMessage message(String requestedBy) {
		return new ChannelMessage("keysteward_test_" + UUID.randomUUID(), "keysteward.test", this.clock.instant(),
				"Keysteward: a test, and messages arrive",
				List.of("This is a test of Keysteward's channel, asked for by " + SafeText.shortened(requestedBy) + ".",
						"Nothing is wrong with any key of yours, and there is nothing to do."),
				List.of(), new Rest("line", "", 0), Map.of());
	}

}
