package io.keysteward.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The sources of {@code keysteward.sources}, of any kind. A definition is read at its
 * first use, once in a run, so that an edit during a run does not affect it.
 */
public final class SourceRegistry {

	private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

	private static final String PROPERTY = "keysteward.sources";

	private final List<SourceKind> kinds;

	private final List<SourceSettings> settings;

	private @Nullable List<KeySource> loaded;

	public SourceRegistry(List<SourceKind> kinds, List<SourceSettings> settings) {
		this.kinds = List.copyOf(kinds);
		this.settings = List.copyOf(settings);
	}

	/**
	 * Begins a run, which reads the definitions anew.
	 */
	public synchronized void forget() {
		this.loaded = null;
	}

	/**
	 * {@return every configured source, in the order of the settings}
	 */
	public synchronized List<KeySource> all() {
		if (this.loaded == null) {
			this.loaded = load();
		}
		return this.loaded;
	}

	/**
	 * {@return the ids of all sources, whether their definitions can be read or not}
	 */
	public Set<String> ids() {
		return this.settings.stream()
			.map(SourceSettings::id)
			.flatMap(Stream::ofNullable)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * {@return the sources with these ids}
	 * @param option the option that names them, for messages
	 * @param ids the ids; none: every source
	 */
	public List<KeySource> only(String option, Set<String> ids) {
		List<KeySource> all = all();
		Set<String> known = all.stream().map(KeySource::id).collect(Collectors.toCollection(TreeSet::new));
		for (String id : ids) {
			if (!known.contains(id)) {
				throw Failure.configuration(option + ": '" + id + "' is not (or no longer) configured; allowed: "
						+ String.join(", ", known));
			}
		}
		return all.stream().filter((source) -> ids.isEmpty() || ids.contains(source.id())).toList();
	}

	/**
	 * {@return the source with this id}
	 */
	public KeySource get(String id) {
		return only(PROPERTY, Set.of(id)).get(0);
	}

	private List<KeySource> load() {
		if (this.settings.isEmpty()) {
			throw Failure.configuration(PROPERTY + ": no source is configured; name at least one with its id and"
					+ " definition in config/application.yaml");
		}
		List<KeySource> sources = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < this.settings.size(); i++) {
			String property = PROPERTY + "[" + i + "]";
			KeySource source = load(property, this.settings.get(i));
			if (!ids.add(source.id())) {
				throw Failure.configuration(
						property + ".id '" + source.id() + "' is taken by an earlier source; give each its own id");
			}
			requireOther(this.settings.subList(0, i), this.settings.get(i), property);
			sources.add(source);
		}
		return List.copyOf(sources);
	}

	private KeySource load(String property, SourceSettings settings) {
		String id = id(property + ".id", settings.id());
		return kind(property, settings).load(id, settings, property);
	}

	private SourceKind kind(String property, SourceSettings settings) {
		List<SourceKind> meant = this.kinds.stream().filter((kind) -> kind.isMeantBy(settings)).toList();
		if (meant.isEmpty()) {
			throw Failure.configuration(
					property + ": does not say where its keys are; write one of: " + settings(this.kinds, ", "));
		}
		if (meant.size() > 1) {
			throw Failure.configuration(property + ": has " + settings(meant, " and ")
					+ ", and a source is in one place; take all but one out");
		}
		return meant.get(0);
	}

	private static String settings(List<SourceKind> kinds, String separator) {
		return kinds.stream().map(SourceKind::setting).collect(Collectors.joining(separator));
	}

	/**
	 * Refuses two sources with the same keys, since an exemption under one id does not
	 * hold under the other. Other spellings of a place are found when the sources are
	 * probed.
	 */
	private void requireOther(List<SourceSettings> earlier, SourceSettings settings, String property) {
		earlier.stream()
			.filter((other) -> address(other, property).equals(address(settings, property)))
			.findFirst()
			.ifPresent((other) -> {
				throw Failure.configuration(property + ": is the same definition on the same database as source '"
						+ other.id() + "', so every key would be there twice, and exempt only once; take one of the two"
						+ " out");
			});
	}

	private List<String> address(SourceSettings settings, String property) {
		SourceKind kind = kind(property, settings);
		return Stream
			.concat(Stream.of(kind.setting(), String.valueOf(settings.definitionName())),
					kind.address(settings).stream())
			.toList();
	}

	private static String id(String property, @Nullable String id) {
		if (id == null || id.isBlank()) {
			throw Failure.configuration(property
					+ ": is required; write the name that reports shall show. Where the environment sets a part of a"
					+ " list, it has to set all of it: the one in the file does not count then");
		}
		if (!ID.matcher(id).matches()) {
			throw Failure.configuration(property + " '" + id
					+ "' is not allowed; write up to 63 lower-case letters, digits and hyphens, a letter or digit first");
		}
		return id;
	}

}
