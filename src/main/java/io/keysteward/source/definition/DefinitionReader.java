package io.keysteward.source.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.yaml.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folders of {@code config/sources}: the part that every kind of source has.
 */
public final class DefinitionReader {

	/** The zero times of all systems lie before it, and no working key is that old. */
	private static final Instant OLDEST_TIME = Instant.parse("2000-01-01T00:00:00Z");

	private final Path sources;

	private final List<String> files;

	/**
	 * Prepares to read definitions of one kind.
	 * @param configDirectory where {@code sources/} is
	 * @param files the files besides {@code source.yaml} that affect a run, without those
	 * that are only for people
	 */
	public DefinitionReader(Path configDirectory, List<String> files) {
		this.sources = configDirectory.resolve("sources");
		this.files = new ArrayList<>(files);
		this.files.add(Definition.YAML);
	}

	/**
	 * {@return a folder with its existing files, otherwise the catalogue's definition of
	 * that name}
	 * @param property the setting that names the definition, for messages
	 * @param name the folder's name
	 */
	public DefinitionFolder read(String property, String name) {
		if (!names().contains(name)) {
			DefinitionFolder shipped = Catalogue.find(name, this.files);
			if (shipped != null) {
				return shipped;
			}
			throw Failure.configuration(property + " '" + name + "' has no folder " + shown(name)
					+ ", and is not in the catalogue (the command sources lists it); " + others(name));
		}
		return with(new DefinitionFolder(name, shown(name), Map.of()), this.files);
	}

	/**
	 * {@return the folder with more of its files, as far as they exist}
	 * @param fileNames plain file names, which cannot lead out of the folder
	 */
	public DefinitionFolder with(DefinitionFolder folder, Collection<String> fileNames) {
		Map<String, String> texts = new TreeMap<>(folder.texts());
		for (String fileName : fileNames) {
			String text = text(folder.name(), fileName);
			if (text != null) {
				texts.put(fileName, text);
			}
		}
		return new DefinitionFolder(folder.name(), folder.path(), texts);
	}

	/** Reads a file; null: it does not exist, which may be allowed. */
	private @Nullable String text(String name, String fileName) {
		try {
			return WrittenFile.read(shown(name) + "/" + fileName, this.sources.resolve(name).resolve(fileName));
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private String others(String name) {
		String others = names().isEmpty() ? "there are no folders in " + shown("")
				: "there are: " + String.join(", ", names());
		List<String> all = Stream.concat(names().stream(), Catalogue.names().stream()).toList();
		return NearestWord.to(name, all).map((near) -> "did you mean '" + near + "'? " + others).orElse(others);
	}

	private List<String> names() {
		if (!Files.isDirectory(this.sources)) {
			return List.of();
		}
		try (Stream<Path> folders = Files.list(this.sources)) {
			return folders.filter(Files::isDirectory)
				.map((folder) -> folder.getFileName().toString())
				.filter((folder) -> !folder.startsWith("."))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw Failure.configuration(shown("") + ": cannot be read; check the rights on the folder", ex);
		}
	}

	/**
	 * {@return the part of a folder's definition that every kind of source has}
	 */
	public static Definition define(DefinitionFolder folder, SourceYaml yaml) {
		String file = folder.file(Definition.YAML);
		String title = required(file, "title", yaml.title());
		SourceYaml.Usage usage = required(file, "usage.recorded", yaml.usage());
		Definition.Recorded recorded = required(file, "usage.recorded", usage.recorded());
		Proposal.requireDecided(folder);
		SourceYaml.Kinds kinds = orElse(yaml.kinds(), new SourceYaml.Kinds(null, null));
		SourceYaml.OrphanedWhen orphaned = orElse(yaml.orphanedWhen(), new SourceYaml.OrphanedWhen(null, null));
		SourceYaml.Unnamed unnamed = orElse(yaml.unnamed(), new SourceYaml.Unnamed(null, null));
		SourceYaml.Disable disable = orElse(yaml.disable(), new SourceYaml.Disable(null, null, null));
		return new Definition(folder.name(), folder.path(), folder.sha256(), title, recorded,
				orElse(usage.granularity(), Duration.ZERO), orElse(usage.knownSince(), KnownSince.START),
				orElse(yaml.oldestTime(), OLDEST_TIME), set(list(file, "kinds.governed", kinds.governed(), List.of())),
				set(list(file, "kinds.never-disable", kinds.neverDisable(), List.of())),
				set(list(file, "orphaned-when.project-state", orphaned.projectState(),
						List.of(ProjectState.MISSING, ProjectState.DELETED))),
				set(list(file, "orphaned-when.owner-state", orphaned.ownerState(),
						List.of(OwnerState.MISSING, OwnerState.DISABLED))),
				orElse(unnamed.judge(), true),
				predicates(list(file, "unnamed.generated-names", unnamed.generatedNames(), List.of())),
				orElse(disable.reversible(), false), orElse(disable.effectiveWithin(), Duration.ZERO));
	}

	/**
	 * {@return the value of a required key of {@code source.yaml}}
	 * @param file the file's name for messages
	 */
	public static <T> T required(String file, String key, @Nullable T value) {
		if (value == null) {
			throw Failure.configuration(file + ": " + key + " is required"
					+ (key.equals("usage.recorded") ? "; write full, partial or none" : ""));
		}
		return value;
	}

	private static <T> T orElse(@Nullable T value, T other) {
		return (value != null) ? value : other;
	}

	private static <T> List<T> list(String file, String key, @Nullable List<T> values, List<T> other) {
		if (values != null && values.stream().anyMatch(Objects::isNull)) {
			throw Failure.configuration(file + ": " + key + " has an empty entry; write a value or take the entry out");
		}
		return orElse(values, other);
	}

	/** Unlike {@code Set.of}, this set accepts the question whether it contains null. */
	private static <T> Set<T> set(Collection<T> values) {
		return Collections.unmodifiableSet(new LinkedHashSet<>(values));
	}

	/** As one pattern, so that each name is matched once. */
	private static List<Predicate<String>> predicates(List<Pattern> patterns) {
		if (patterns.isEmpty()) {
			return List.of();
		}
		String any = patterns.stream().map(Pattern::pattern).collect(Collectors.joining(")|(?:", "(?:", ")"));
		Pattern pattern = Pattern.compile(any, patterns.get(0).flags());
		return List.of(pattern::matches);
	}

	private String shown(String name) {
		return this.sources.resolve(name).toString().replace('\\', '/');
	}

}
