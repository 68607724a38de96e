package io.keysteward.yaml;

import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Quotes the plain scalars of a YAML text, which YAML 1.1 would change: 0042 to 34, on to
 * true, 12:30 to 750, 1.50 to 1.5.
 */
final class PlainScalars {

	/**
	 * Enough for a thousand sources; by aliases, ten lines can stand for billions.
	 */
	private static final int MOST_VALUES = 100_000;

	private static final int DEEPEST = 50;

	private static final Set<Tag> TEXTS = Set.of(Tag.STR, Tag.NULL);

	private static final Set<Tag> TEXTS_OF_KEYS = Set.of(Tag.STR, Tag.NULL, Tag.MERGE, Tag.TIMESTAMP);

	/**
	 * The size of each node after its aliases are followed; null: being computed.
	 */
	private final Map<Node, @Nullable Extent> extents = new IdentityHashMap<>();

	/** The replacements by position. */
	private final TreeMap<Integer, Replacement> replacements = new TreeMap<>();

	private PlainScalars() {
	}

	/**
	 * {@return the text with quotes around each plain scalar, so that its value is
	 * literal; lines keep their numbers}
	 * @param yaml the text
	 * @throws YAMLException where the text is not valid, or stands for too much
	 */
	static String quoted(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setNestingDepthLimit(DEEPEST);
		options.setMaxAliasesForCollections(Integer.MAX_VALUE);
		PlainScalars scalars = new PlainScalars();
		for (Node document : new Yaml(options).composeAll(new StringReader(yaml))) {
			scalars.follow(document, TEXTS);
		}
		return scalars.replacedIn(yaml);
	}

	private Extent follow(Node node, Set<Tag> texts) {
		if (this.extents.containsKey(node)) {
			Extent known = this.extents.get(node);
			if (known == null) {
				throw new YAMLException("an alias in line " + line(node) + " stands for what it is a part of");
			}
			return known;
		}
		this.extents.put(node, null);
		Extent extent = (node instanceof ScalarNode scalar) ? take(scalar, texts) : sum((CollectionNode<?>) node);
		this.extents.put(node, extent);
		return extent;
	}

	private Extent sum(CollectionNode<?> node) {
		long values = 1;
		int depth = 0;
		for (Extent part : parts(node).toList()) {
			values += part.values();
			depth = Math.max(depth, part.depth());
		}
		if (values > MOST_VALUES || depth >= DEEPEST) {
			throw new YAMLException("what begins in line " + line(node) + " stands for more than " + MOST_VALUES
					+ " values, or is nested more than " + DEEPEST + " deep, by its aliases");
		}
		return new Extent(values, depth + 1);
	}

	private Stream<Extent> parts(CollectionNode<?> node) {
		if (node instanceof MappingNode mapping) {
			List<NodeTuple> entries = mapping.getValue();
			return entries.stream()
				.flatMap((entry) -> Stream.of(follow(entry.getKeyNode(), TEXTS_OF_KEYS),
						follow(entry.getValueNode(), TEXTS)));
		}
		return ((SequenceNode) node).getValue().stream().map((entry) -> follow(entry, TEXTS));
	}

	/**
	 * Spring Boot writes a key that is not text in YAML 1.1 in brackets, as a map's key
	 * or a list's index.
	 */
	private Extent take(ScalarNode scalar, Set<Tag> texts) {
		if (scalar.isPlain() && !texts.contains(scalar.getTag())) {
			int length = scalar.getValue().codePointCount(0, scalar.getValue().length());
			boolean key = texts.equals(TEXTS_OF_KEYS);
			this.replacements.put(scalar.getEndMark().getIndex() - length,
					new Replacement(scalar.getStartMark().getIndex(), scalar.getValue(), key));
		}
		return new Extent(1, 0);
	}

	private String replacedIn(String yaml) {
		StringBuilder text = new StringBuilder();
		int[] written = yaml.codePoints().toArray();
		int from = 0;
		for (Map.Entry<Integer, Replacement> entry : this.replacements.entrySet()) {
			Replacement replacement = entry.getValue();
			int begin = entry.getKey();
			String before = new String(written, replacement.from(), begin - replacement.from());
			// A tag sets the type: !!int 042.
			if (!before.contains("!")) {
				text.append(new String(written, from, begin - from)).append(replacement.quoted());
				from = begin + replacement.value().length();
			}
		}
		return text.append(new String(written, from, written.length - from)).toString();
	}

	private static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

	/**
	 * The size of a node.
	 *
	 * @param values the number of its values
	 * @param depth the depth of its nesting
	 */
	private record Extent(long values, int depth) {
	}

	/**
	 * A scalar to quote.
	 *
	 * @param from the start of its anchor or tag, else of the scalar
	 * @param value the text as written; only letters, digits and signs of one character
	 * each
	 * @param key whether it is a key
	 */
	private record Replacement(int from, String value, boolean key) {

		String quoted() {
			return this.key ? "'[" + this.value + "]'" : "'" + this.value + "'";
		}

	}

}
