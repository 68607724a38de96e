package io.keysteward.notice.webhook;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import io.keysteward.source.http.ScriptedServer;
import io.keysteward.source.http.ScriptedServer.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages as each kind of channel wants them, with whatever names strangers choose.
 */
class ChannelFormatTests {

	private static final String HOSTILE = "<!channel> <@U024BE7LH> <https://evil.example|here> & [here](https://evil.example) <at>Ada</at>";

	@Test
	void aNamePingsNobodyInSlack() {
		String body = sent(ChannelKind.SLACK, TestChannel.message(HOSTILE, 2, HOSTILE));
		assertThat(body).doesNotContain("<").doesNotContain(">");
		JsonNode message = JsonMapper.shared().readTree(body);
		assertThat(message.get("text").asString()).startsWith("&lt;!channel&gt; &lt;@U024BE7LH&gt;").contains("&amp;");
		assertThat(message.get("blocks")).hasSize(4).allSatisfy((block) -> {
			assertThat(block.get("type").asString()).isEqualTo("section");
			assertThat(block.get("text").get("type").asString()).isEqualTo("plain_text");
			assertThat(block.get("text").get("emoji").asBoolean()).isFalse();
		});
		assertThat(message.get("blocks").get(2).get("text").get("text").asString())
			.matches("(?s)&lt;!channel&gt;.*\nId: k-1\nReason: .*");
	}

	@Test
	void aNameIsNeitherMarkdownNorAMentionInTeams() {
		JsonNode message = JsonMapper.shared()
			.readTree(sent(ChannelKind.TEAMS, TestChannel.message(HOSTILE, 1, HOSTILE)));
		assertThat(message.get("type").asString()).isEqualTo("message");
		JsonNode card = message.get("attachments").get(0);
		assertThat(card.get("contentType").asString()).isEqualTo("application/vnd.microsoft.card.adaptive");
		assertThat(card.get("content").get("type").asString()).isEqualTo("AdaptiveCard");
		assertThat(card.get("content").get("msteams").propertyNames()).containsExactly("width");
		assertThat(card.get("content").get("body")).hasSize(5).allSatisfy((block) -> {
			assertThat(block.get("type").asString()).isEqualTo("RichTextBlock");
			assertThat(block.get("inlines").get(0).get("type").asString()).isEqualTo("TextRun");
		});
		assertThat(card.findValuesAsString("text")).startsWith(HOSTILE).contains("Id: k-1");
	}

	@Test
	void aProgramGetsTypeTimeAndData() {
		assertThat(sent(ChannelKind.WEBHOOK, TestChannel.message("Two keys", 2, "a \"name\"")))
			.isEqualTo("{\"type\":\"keysteward.warning\",\"timestamp\":\"2026-11-23T02:00:00Z\",\"data\":{"
					+ "\"title\":\"Two keys\",\"run\":\"2026-11-23\","
					+ "\"text\":[\"If nothing changes, they may be disabled.\"],\"items\":["
					+ "{\"title\":\"a \\\"name\\\"\",\"key_id\":\"k-1\",\"text\":[\"Id: k-1\",\"Reason: a \\\"name\\\"\"]},"
					+ "{\"title\":\"a \\\"name\\\"\",\"key_id\":\"k-2\",\"text\":[\"Id: k-2\",\"Reason: a \\\"name\\\"\"]}"
					+ "],\"further_items\":0}}");
	}

	@ParameterizedTest
	@CsvSource({ "SLACK, 12000", "TEAMS, 20000", "WEBHOOK, 20000" })
	void aMessageHasNoMoreThanItsServiceTakesAndSaysWhatIsMissing(ChannelKind kind, int most) {
		for (String name : List.of("batch", "&".repeat(900), "<!channel>".repeat(90), "ä👋".repeat(300),
				"\"\\\u0001\n")) {
			ChannelMessage message = TestChannel.message(name, 300, name);
			List<Delivery> delivery = new ArrayList<>();
			String body = sent(kind, message, delivery);
			assertThat(body.getBytes(UTF_8).length).isLessThanOrEqualTo(most);
			int named = delivery.get(0).named();
			assertThat(named).isBetween(3, 40);
			assertThat(body).contains("Id: k-" + named + (kind == ChannelKind.TEAMS ? "\"" : ""))
				.doesNotContain("Id: k-" + (named + 1) + (kind == ChannelKind.TEAMS ? "\"" : ""));
			if (kind == ChannelKind.WEBHOOK) {
				assertThat(body).contains("\"further_items\":" + (300 - named));
			}
			else {
				assertThat(body).contains("And " + (300 - named) + " more keys, which the mail names.");
			}
			if (kind == ChannelKind.SLACK) {
				JsonNode blocks = JsonMapper.shared().readTree(body).get("blocks");
				assertThat(blocks).hasSizeLessThanOrEqualTo(50)
					.allSatisfy((block) -> assertThat(block.get("text").get("text").asString()).hasSizeBetween(1, 3000)
						.doesNotContainPattern("&(?!amp;|lt;|gt;)"));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void oneIsNotMore(int further) {
		ChannelMessage message = TestChannel.message("title", 1, "name");
		assertThat(message.further(1 - further))
			.isEqualTo((further == 0) ? "" : "And 1 more key, which the mail names.");
	}

	private static String sent(ChannelKind kind, ChannelMessage message) {
		return sent(kind, message, new ArrayList<>());
	}

	private static String sent(ChannelKind kind, ChannelMessage message, List<Delivery> delivery) {
		try (ScriptedServer server = new ScriptedServer((request) -> Reply.of(200, "ok"))) {
			delivery.add(new TestChannel().of(kind, server.url() + "/hook/x").post(message));
			return server.requests().get(0).body();
		}
	}

}
