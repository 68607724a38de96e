package io.keysteward.notice.webhook;

import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages for incoming webhooks of Slack. All text is plain text, and its control
 * characters are escaped: a name such as {@code <!channel>} pings nobody.
 */
final class SlackFormat implements ChannelFormat {

	/** Slack refuses a message whose texts together are longer than some 13,000. */
	private static final int LARGEST_TEXT = 12_000;

	private static final int LONGEST_SECTION = 3000;

	private static final int OK = 200;

	/** Slack's words for faults. Anything else in an answer is not shown. */
	private static final Pattern WORD = Pattern.compile("[a-z_]{3,40}");

	private static final Set<String> GONE = Set.of("no_service", "channel_is_archived", "channel_not_found",
			"no_active_hooks", "team_disabled");

	@Override
	public ObjectNode write(ChannelMessage message, int items) {
		ObjectNode body = ChannelFormat.object();
		body.put("text", escaped(ChannelFormat.line(message.title())));
		ArrayNode blocks = body.putArray("blocks");
		section(blocks, message.title());
		message.paragraphs().forEach((paragraph) -> section(blocks, paragraph));
		message.items().subList(0, items).forEach((item) -> section(blocks, text(item)));
		if (message.unshown(items) > 0) {
			section(blocks, message.further(items));
		}
		return body;
	}

	private static String text(ChannelMessage.Item item) {
		StringBuilder text = new StringBuilder(ChannelFormat.line(item.title()));
		item.lines().forEach((line) -> text.append('\n').append(ChannelFormat.line(line)));
		return text.toString();
	}

	private static void section(ArrayNode blocks, String text) {
		blocks.addObject()
			.put("type", "section")
			.putObject("text")
			.put("type", "plain_text")
			.put("emoji", false)
			.put("text", cut(escaped(text)));
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	/** Not within an escaped character or a surrogate pair. */
	private static String cut(String text) {
		return (text.length() <= LONGEST_SECTION) ? text
				: text.substring(0, LONGEST_SECTION - 1).replaceAll("&[a-z]{0,3}$|[\\uD800-\\uDBFF]$", "") + "…";
	}

	@Override
	public Verdict read(int status, String body) {
		String word = body.strip();
		if (status == OK && word.equals("ok")) {
			return Verdict.posted();
		}
		String known = WORD.matcher(word).matches() ? word : "";
		if (GONE.contains(known)) {
			return Verdict.gone(status + " (" + known + ")");
		}
		if (status / 100 == 2) {
			return Verdict.refused("answers " + status + " without ok" + (known.isEmpty() ? "" : " (" + known + ")")
					+ ", so it has not posted the message; write the url of" + " an incoming webhook");
		}
		return Verdict.ofFault(status, known, false);
	}

	@Override
	public int largest() {
		return LARGEST_TEXT;
	}

}
