package io.keysteward.policy.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Recognises names made of words without meaning for a key's purpose. A name is parsed
 * once from start to end, in all languages at the same time.
 */
final class FillerWords {

	static final long EVERY_LANGUAGE = ~0L;

	/** Scripts without spaces (Thai, Hangul, Kana, Han) lie above all others. */
	private static final char FIRST_UNSPACED = '\u0E00';

	private final Node root = new Node();

	/**
	 * Adds a word.
	 * @param written the word in the list; a leading plus sign allows it in compounds
	 * @param role its role in a name
	 * @param languages a bit for each language
	 */
	void add(String written, Role role, long languages) {
		boolean plus = written.startsWith("+");
		String word = Letters.extract(NormalizedName.normalize(plus ? written.substring(1) : written));
		Node node = this.root;
		for (int i = 0; i < word.length(); i++) {
			node = node.child(word.charAt(i));
		}
		node.word = true;
		node.roles[role.ordinal()] |= languages;
		node.joined |= (plus || isUnspaced(word.charAt(0))) ? languages : 0;
	}

	/**
	 * {@return whether a name certainly begins with none of these words, which is quick
	 * to see and holds for nearly all names}
	 */
	boolean startLikeNone(String name) {
		if (name.length() < 2 || KeyboardWalk.mayBegin(name, 0)) {
			return false;
		}
		Node node = this.root;
		for (int at = 0; at < name.length(); at++) {
			char letter = name.charAt(at);
			if (!isAsciiLetter(letter)) {
				return false;
			}
			node = node.next(letter);
			if (node == null) {
				return true;
			}
			if (node.joined != 0 || (node.word && (at + 1 == name.length() || !isAsciiLetter(name.charAt(at + 1))))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * {@return whether the text consists of such words only, and one of them may stand
	 * alone}
	 */
	boolean fill(String letters) {
		if (startLikeNone(letters)) {
			return false;
		}
		Reading reading = new Reading(letters);
		return reading.alone[letters.length()] != 0;
	}

	/**
	 * {@return whether the text consists of such words only}
	 */
	boolean begin(String letters) {
		Reading reading = new Reading(letters);
		return (reading.alone[letters.length()] | reading.with[letters.length()]) != 0;
	}

	Set<String> alone() {
		Set<String> words = new TreeSet<>();
		this.root.collect("", words);
		return words;
	}

	private static boolean isAsciiLetter(char character) {
		return character >= 'a' && character <= 'z';
	}

	private static boolean isUnspaced(char character) {
		return character >= FIRST_UNSPACED;
	}

	/**
	 * The roles of a word in a name.
	 */
	enum Role {

		ALONE, WITH, BETWEEN, NUMBERED, MONTHS, WEEKDAYS;

		static Role of(String name) {
			return valueOf(name.toUpperCase(Locale.ROOT));
		}

	}

	/**
	 * A node of the trie of words.
	 */
	private static final class Node {

		private char[] letters = {};

		private Node[] children = {};

		private final long[] roles = new long[Role.values().length];

		private long joined;

		private boolean word;

		@Nullable Node next(char letter) {
			int at = Arrays.binarySearch(this.letters, letter);
			return (at >= 0) ? this.children[at] : null;
		}

		/**
		 * {@return the child for the letter, created if absent; letters stay sorted}
		 */
		Node child(char letter) {
			Node there = next(letter);
			if (there != null) {
				return there;
			}
			int at = -Arrays.binarySearch(this.letters, letter) - 1;
			int rest = this.letters.length - at;
			char[] more = Arrays.copyOf(this.letters, this.letters.length + 1);
			Node[] nodes = Arrays.copyOf(this.children, more.length);
			System.arraycopy(this.letters, at, more, at + 1, rest);
			System.arraycopy(this.children, at, nodes, at + 1, rest);
			more[at] = letter;
			nodes[at] = new Node();
			this.letters = more;
			this.children = nodes;
			return nodes[at];
		}

		boolean is(Role role) {
			return this.roles[role.ordinal()] != 0;
		}

		void collect(String letters, Set<String> words) {
			if (is(Role.ALONE)) {
				words.add(letters);
			}
			for (int at = 0; at < this.children.length; at++) {
				this.children[at].collect(letters + this.letters[at], words);
			}
		}

	}

	/**
	 * The parse of one name: for each position the languages in which everything before
	 * it is filler, with and without a word that may stand alone.
	 */
	private final class Reading {

		private final String text;

		private final int length;

		private final long[] alone;

		private final long[] with;

		Reading(String text) {
			this.text = text;
			this.length = text.length();
			this.alone = new long[this.length + 1];
			this.with = new long[this.length + 1];
			this.with[0] = EVERY_LANGUAGE;
			for (int at = 0; at < this.length; at++) {
				if ((this.alone[at] | this.with[at]) != 0) {
					readFrom(at);
				}
			}
		}

		private void readFrom(int at) {
			char first = this.text.charAt(at);
			if (first == ' ') {
				passOver(at, at + 1, EVERY_LANGUAGE);
				return;
			}
			if (Character.isDigit(first)) {
				passOver(at, numberFrom(at), EVERY_LANGUAGE);
			}
			if (isEdge(at)) {
				if (KeyboardWalk.mayBegin(this.text, at)) {
					readWalk(at);
				}
				readDate(at);
			}
			Node node = FillerWords.this.root.next(first);
			for (int end = at + 1; node != null; end++) {
				readWord(at, end, node);
				node = (end < this.length) ? node.next(this.text.charAt(end)) : null;
			}
		}

		private void readWord(int at, int end, Node word) {
			long fitting = (isEdge(at) && isEdge(end)) ? EVERY_LANGUAGE : word.joined;
			if (fitting == 0) {
				return;
			}
			stand(at, end, fitting & word.roles[Role.ALONE.ordinal()]);
			passOver(at, end, fitting & word.roles[Role.WITH.ordinal()]);
			if (at > 0 && end < this.length) {
				passOver(at, end, fitting & word.roles[Role.BETWEEN.ordinal()]);
			}
			if (word.is(Role.NUMBERED) && isNextToNumber(at, end)) {
				stand(at, end, fitting & word.roles[Role.NUMBERED.ordinal()]);
			}
		}

		private void readWalk(int at) {
			int wordEnd = at;
			while (wordEnd < this.length && this.text.charAt(wordEnd) != ' ') {
				wordEnd++;
				if (isEdge(wordEnd) && KeyboardWalk.is(this.text, at, wordEnd)) {
					stand(at, wordEnd, EVERY_LANGUAGE);
				}
			}
		}

		/** A month's name counts as a date only next to a number. */
		private void readDate(int at) {
			boolean month = false;
			int numbers = isDigitBefore(at) ? 1 : 0;
			int end = at;
			while (end < this.length) {
				if (Character.isDigit(this.text.charAt(end))) {
					int numberEnd = numberFrom(end);
					numbers += (numberEnd - end == 4) ? 2 : 1;
					end = numberEnd;
				}
				else {
					int wordEnd = this.text.indexOf(' ', end);
					wordEnd = (wordEnd < 0) ? this.length : wordEnd;
					Node word = find(end, wordEnd);
					if (word == null || !(word.is(Role.MONTHS) || word.is(Role.WEEKDAYS))) {
						break;
					}
					month |= word.is(Role.MONTHS);
					end = wordEnd;
				}
				if (month && numbers > 1) {
					stand(at, end, EVERY_LANGUAGE);
				}
				if (end < this.length && this.text.charAt(end) == ' ') {
					end++;
				}
			}
		}

		private @Nullable Node find(int from, int to) {
			Node node = FillerWords.this.root;
			for (int at = from; at < to && node != null; at++) {
				node = node.next(this.text.charAt(at));
			}
			return node;
		}

		private void stand(int at, int end, long languages) {
			this.alone[end] |= (this.alone[at] | this.with[at]) & languages;
		}

		private void passOver(int at, int end, long languages) {
			this.alone[end] |= this.alone[at] & languages;
			this.with[end] |= this.with[at] & languages;
		}

		private int numberFrom(int at) {
			int end = at;
			while (end < this.length && Character.isDigit(this.text.charAt(end))) {
				end++;
			}
			return end;
		}

		private boolean isNextToNumber(int at, int end) {
			int next = (end < this.length && this.text.charAt(end) == ' ') ? end + 1 : end;
			return isDigitBefore(at) || (next < this.length && Character.isDigit(this.text.charAt(next)));
		}

		private boolean isDigitBefore(int at) {
			int last = (at > 0 && this.text.charAt(at - 1) == ' ') ? at - 2 : at - 1;
			return last >= 0 && Character.isDigit(this.text.charAt(last));
		}

		/**
		 * {@return whether a word may begin or end here}
		 */
		private boolean isEdge(int at) {
			if (at == 0 || at == this.length) {
				return true;
			}
			char before = this.text.charAt(at - 1);
			char after = this.text.charAt(at);
			return before == ' ' || after == ' ' || Character.isDigit(before) != Character.isDigit(after)
					|| isUnspaced(before) != isUnspaced(after);
		}

	}

}
