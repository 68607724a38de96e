package io.keysteward.notice.webhook;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages for workflows of Teams: an Adaptive Card of text runs, which know no Markdown,
 * so that no text becomes a link or a mention.
 */
final class TeamsFormat implements ChannelFormat {

	/** What the last step of a workflow answers to prove that it has posted. */
	static final String POSTED = "posted";

	private static final int OK = 200;

	@Override
	public ObjectNode write(ChannelMessage message, int items) {
		ObjectNode body = ChannelFormat.object();
		body.put("type", "message");
		ObjectNode card = body.putArray("attachments")
			.addObject()
			.put("contentType", "application/vnd.microsoft.card.adaptive")
			.putObject("content");
		card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
		card.put("type", "AdaptiveCard").put("version", "1.4");
		card.putObject("msteams").put("width", "Full");
		ArrayNode blocks = card.putArray("body");
		text(blocks, message.title(), true).put("size", "Large");
		message.paragraphs().forEach((paragraph) -> text(blocks, paragraph, false));
		message.items().subList(0, items).forEach((item) -> item(blocks, item));
		if (message.unshown(items) > 0) {
			text(blocks, message.further(items), false);
		}
		return body;
	}

	private static void item(ArrayNode blocks, ChannelMessage.Item item) {
		text(blocks, ChannelFormat.line(item.title()), true);
		item.lines().forEach((line) -> text(blocks, ChannelFormat.line(line), false));
	}

	/** A line, of which the bold ones begin a part. */
	private static ObjectNode text(ArrayNode blocks, String text, boolean bold) {
		ObjectNode block = blocks.addObject().put("type", "RichTextBlock");
		ObjectNode run = block.putArray("inlines").addObject().put("type", "TextRun").put("text", text);
		if (bold) {
			run.put("weight", "Bolder");
		}
		else {
			block.put("spacing", "Small");
		}
		return run;
	}

	@Override
	public Verdict read(int status, String body) {
		if (status == OK) {
			return body.strip().equals(POSTED) ? Verdict.posted()
					: Verdict.refused("answers 200 without '" + POSTED + "', so nothing shows that it has posted the"
							+ " message; let the workflow's last step answer 200 with the text " + POSTED
							+ ", or have no step that answers");
		}
		if (status / 100 == 2) {
			return Verdict
				.taken("has started the workflow (" + status + "); whether it posts the message is not known");
		}
		return Verdict.ofFault(status, "", false);
	}

}
