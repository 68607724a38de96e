package io.keysteward.job;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.postgresql.SourceLoader;
import io.keysteward.text.Failure;

/**
 * The sources of {@code keysteward.sources}; their definitions are read when they are
 * asked for.
 */
public class SourceRegistry {

	private final SourceLoader sources;

	private final List<SourceSettings> settings;

	public SourceRegistry(SourceLoader sources, List<SourceSettings> settings) {
		this.sources = sources;
		this.settings = settings;
	}

	/**
	 * {@return every configured source}
	 */
	public List<KeySource> all() {
		if (this.settings.isEmpty()) {
			throw Failure.configuration("keysteward.sources: no source is configured; name at least one with its id and"
					+ " definition in config/application.yaml");
		}
		return this.sources.load(this.settings);
	}

	/**
	 * {@return the ids of all of them, whether their definitions can be read or not}
	 */
	public Set<String> ids() {
		return this.settings.stream()
			.map(SourceSettings::id)
			.flatMap(Stream::ofNullable)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * {@return the sources with these ids}
	 * @param ids none: every source
	 */
	List<KeySource> only(Set<String> ids) {
		List<KeySource> all = all();
		Set<String> known = all.stream().map(KeySource::id).collect(Collectors.toCollection(TreeSet::new));
		for (String id : ids) {
			if (!known.contains(id)) {
				throw Failure.configuration("--source: '" + id + "' is not (or no longer) configured; allowed: "
						+ String.join(", ", known));
			}
		}
		return all.stream().filter((source) -> ids.isEmpty() || ids.contains(source.id())).toList();
	}

	/**
	 * {@return the source with this id}
	 */
	KeySource get(String id) {
		return only(Set.of(id)).get(0);
	}

}
