package io.keysteward.notice.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.keysteward.text.Plural;

/**
 * A message to a channel. Its texts may come from strangers: they are shown as they are,
 * and mean nothing.
 *
 * @param id the same at every attempt, without dots
 * @param type what it is about, for programs
 * @param at the instant that it is about
 * @param title its first line
 * @param paragraphs what is always shown
 * @param items a list, of which as much is shown as there is room for
 * @param rest the others, and what is said of them
 * @param facts facts for programs
 */
public record ChannelMessage(String id, String type, Instant at, String title, List<String> paragraphs,
		List<Item> items, Rest rest, Map<String, Object> facts) {

	/**
	 * {@return how many items are not shown}
	 */
	int unshown(int shown) {
		return this.items.size() - shown + this.rest.unlisted();
	}

	/**
	 * {@return what is said of the items that are not shown; empty: all are}
	 */
	String further(int shown) {
		int further = unshown(shown);
		return (further == 0) ? "" : "And " + Plural.of(further, this.rest.noun()) + ", " + this.rest.where() + ".";
	}

	/**
	 * An item of the list.
	 *
	 * @param title its first line
	 * @param lines further lines
	 * @param facts facts for programs
	 */
	public record Item(String title, List<String> lines, Map<String, Object> facts) {
	}

	/**
	 * What is said of items for which there is no room.
	 *
	 * @param noun what they are, in the singular
	 * @param where where they are, such as {@code which the mail names}
	 * @param unlisted how many there are besides those in the list
	 */
	public record Rest(String noun, String where, int unlisted) {
	}

}
