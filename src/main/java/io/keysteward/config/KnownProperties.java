package io.keysteward.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.keysteward.text.NearestWord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names of all allowed properties: ours from their records, Spring Boot's from the
 * metadata in its jars.
 */
final class KnownProperties {

	/** Below these, nobody would notice that a misspelt name has no effect. */
	static final List<String> PREFIXES = List.of("keysteward", "spring.datasource", "spring.flyway", "spring.mail");

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	/** Keyed by the name without dashes, in lower case. */
	private final TreeMap<String, String> names = new TreeMap<>();

	private KnownProperties(Collection<String> names) {
		names.forEach((name) -> this.names.put(comparable(name), name));
	}

	static KnownProperties read() {
		return Allowed.PROPERTIES;
	}

	/**
	 * {@return the names of Spring Boot's boolean properties}
	 */
	static Set<String> switches() {
		return names((property) -> property.type().equals("java.lang.Boolean"));
	}

	private static Set<String> names(Predicate<Described> wanted) {
		return Described.ALL.stream()
			.filter(wanted)
			.map(Described::name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * {@return whether the name is known, or has a known name above or below it}
	 */
	boolean contains(String name) {
		String wanted = comparable(name);
		String next = this.names.ceilingKey(wanted);
		return (next != null && (next.equals(wanted) || isBelow(next, wanted)))
				|| this.names.keySet().stream().anyMatch((known) -> isBelow(wanted, known));
	}

	/**
	 * {@return the known name that is nearest to this one}
	 */
	String nearest(String name) {
		String wanted = comparable(name);
		return this.names.entrySet()
			.stream()
			.min(Comparator.comparingInt((known) -> NearestWord.distance(wanted, known.getKey())))
			.map((known) -> known.getValue())
			.orElse("nothing of the kind");
	}

	Collection<String> all() {
		return this.names.values();
	}

	static boolean isBelow(String name, String parent) {
		return name.startsWith(parent) && name.length() > parent.length()
				&& ".[".indexOf(name.charAt(parent.length())) >= 0;
	}

	private static String comparable(String name) {
		return name.replaceAll("\\[\\d+]", "[]").replace("-", "").toLowerCase(Locale.ROOT);
	}

	/** Put together once, like what it is made of. */
	private static final class Allowed {

		private static final KnownProperties PROPERTIES = properties();

		private static KnownProperties properties() {
			Set<String> names = PropertyNames.list("keysteward", KeystewardProperties.class);
			names.addAll(names((property) -> PREFIXES.stream().anyMatch((prefix) -> isBelow(property.name(), prefix))));
			return new KnownProperties(names);
		}

	}

	/**
	 * A property as the metadata in Spring Boot's jars describes it.
	 */
	private record Described(String name, String type) {

		/** Read once: it takes a fifth of a start. */
		private static final List<Described> ALL = read();

		private static List<Described> read() {
			List<Described> all = new ArrayList<>();
			try {
				for (URL url : Collections.list(KnownProperties.class.getClassLoader().getResources(METADATA))) {
					try (InputStream in = url.openStream()) {
						for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
							all.add(new Described(property.path("name").asString(), property.path("type").asString()));
						}
					}
				}
				return all;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
