package io.keysteward.notice.webhook;

import java.util.TreeMap;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages for programs, as Standard Webhooks describes them: type, time and data. The
 * body is the same at every attempt.
 */
final class WebhookFormat implements ChannelFormat {

	private static final int ACCEPTED = 202;

	@Override
	public ObjectNode write(ChannelMessage message, int items) {
		ObjectNode body = ChannelFormat.object();
		body.put("type", message.type());
		body.put("timestamp", message.at().toString());
		ObjectNode data = body.putObject("data");
		data.put("title", message.title());
		new TreeMap<>(message.facts()).forEach(data::putPOJO);
		ArrayNode text = data.putArray("text");
		message.paragraphs().forEach(text::add);
		ArrayNode list = data.putArray("items");
		message.items().subList(0, items).forEach((item) -> {
			ObjectNode entry = list.addObject().put("title", ChannelFormat.line(item.title()));
			new TreeMap<>(item.facts()).forEach(entry::putPOJO);
			ArrayNode lines = entry.putArray("text");
			item.lines().forEach((line) -> lines.add(ChannelFormat.line(line)));
		});
		data.put("further_items", message.unshown(items));
		return body;
	}

	@Override
	public Verdict read(int status, String body) {
		if (status == ACCEPTED) {
			return Verdict.taken("answers 202; whether it did anything with the message is not known");
		}
		return (status / 100 == 2) ? Verdict.posted() : Verdict.ofFault(status, "", true);
	}

}
