package io.keysteward.source.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
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
 * The folders of {@code config/sources}, read into definitions.
 */
public final class DefinitionReader {

	/** Zeros of all systems lie before it, and no key that still works was made then. */
	private static final Instant OLDEST_TIME = Instant.parse("2000-01-01T00:00:00Z");

	/** What a run does depends on these; comments for people are not hashed. */
	private static final List<String> DECISIVE = List.of(Definition.YAML, Definition.SELECT, Definition.DISABLE,
			Definition.RESTORE);

	private final Path sources;

	public DefinitionReader(Path configDirectory) {
		this.sources = configDirectory.resolve("sources");
	}

	/**
	 * {@return the definition in a folder}
	 * @param property how messages name the setting that asks for it
	 * @param name the folder's name
	 */
	public Definition load(String property, String name) {
		if (!names().contains(name)) {
			throw Failure.configuration(property + " '" + name + "' has no folder " + shown(name) + "; "
					+ (names().isEmpty() ? "there are no folders in " + shown("") : others(name)));
		}
		Map<String, String> files = read(name);
		for (String required : List.of(Definition.YAML, Definition.SELECT)) {
			if (!files.containsKey(required)) {
				throw Failure.configuration(shown(name) + "/" + required + ": is missing; a definition needs it");
			}
		}
		return define(name, files);
	}

	private String others(String name) {
		String others = "there are: " + String.join(", ", names());
		return NearestWord.to(name, names()).map((near) -> "did you mean '" + near + "'? " + others).orElse(others);
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

	private Map<String, String> read(String name) {
		Map<String, String> files = new TreeMap<>();
		for (String fileName : DECISIVE) {
			Path file = this.sources.resolve(name).resolve(fileName);
			try {
				files.put(fileName, WrittenFile.read(shown(name) + "/" + fileName, file));
			}
			catch (NoSuchFileException ex) {
				// Whether it is needed is not decided here.
				continue;
			}
		}
		return files;
	}

	private Definition define(String name, Map<String, String> files) {
		String yamlFile = shown(name) + "/" + Definition.YAML;
		SourceYaml yaml = SourceYamlReader.read(yamlFile, Objects.requireNonNull(files.get(Definition.YAML)));
		String title = required(yamlFile, "title", yaml.title());
		String probe = required(yamlFile, "probe", yaml.probe());
		SourceYaml.Usage usage = required(yamlFile, "usage.recorded", yaml.usage());
		Definition.Recorded recorded = required(yamlFile, "usage.recorded", usage.recorded());
		SourceYaml.Kinds kinds = orElse(yaml.kinds(), new SourceYaml.Kinds(null, null));
		SourceYaml.OrphanedWhen orphaned = orElse(yaml.orphanedWhen(), new SourceYaml.OrphanedWhen(null, null));
		SourceYaml.Unnamed unnamed = orElse(yaml.unnamed(), new SourceYaml.Unnamed(null, null));
		return new Definition(name, shown(name), sha256(files), title, SqlText.single(yamlFile + ": probe", probe),
				SqlText.single(shown(name) + "/" + Definition.SELECT,
						Objects.requireNonNull(files.get(Definition.SELECT))),
				orElse(yaml.rowSecurity(), false), recorded, orElse(usage.granularity(), Duration.ZERO),
				knownSince(yamlFile, usage.knownSince()), orElse(yaml.oldestTime(), OLDEST_TIME),
				set(list(yamlFile, "kinds.governed", kinds.governed(), List.of())),
				set(list(yamlFile, "kinds.never-disable", kinds.neverDisable(), List.of())),
				set(list(yamlFile, "orphaned-when.project-state", orphaned.projectState(),
						List.of(ProjectState.MISSING, ProjectState.DELETED))),
				set(list(yamlFile, "orphaned-when.owner-state", orphaned.ownerState(),
						List.of(OwnerState.MISSING, OwnerState.DISABLED))),
				orElse(unnamed.judge(), true),
				predicates(list(yamlFile, "unnamed.generated-names", unnamed.generatedNames(), List.of())),
				disabling(name, yaml.disable(), files));
	}

	private static <T> T required(String file, String key, @Nullable T value) {
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

	/** Unlike {@code Set.of}, this may be asked whether it holds null. */
	private static <T> Set<T> set(Collection<T> values) {
		return Collections.unmodifiableSet(new LinkedHashSet<>(values));
	}

	private static KnownSince knownSince(String file, @Nullable KnownSince since) {
		if (since == null) {
			return KnownSince.START;
		}
		String select = since.select();
		return (select != null) ? new KnownSince(null, SqlText.single(file + ": usage.known-since", select)) : since;
	}

	/** As one pattern: each name is gone through once, however many there are. */
	private static List<Predicate<String>> predicates(List<Pattern> patterns) {
		if (patterns.isEmpty()) {
			return List.of();
		}
		String any = patterns.stream().map(Pattern::pattern).collect(Collectors.joining(")|(?:", "(?:", ")"));
		Pattern pattern = Pattern.compile(any, patterns.get(0).flags());
		return List.of(pattern::matches);
	}

	private Definition.Disabling disabling(String name, SourceYaml.@Nullable Disable written,
			Map<String, String> files) {
		SourceYaml.Disable disable = orElse(written, new SourceYaml.Disable(null, null, null));
		SwitchSql off = switchSql(name, Definition.DISABLE, files);
		SwitchSql on = switchSql(name, Definition.RESTORE, files);
		if (off != null) {
			off.requireParameters(SwitchSql.OF_DISABLE, "key_id", "last_used_at");
		}
		return new Definition.Disabling(orElse(disable.reversible(), false),
				orElse(disable.effectiveWithin(), Duration.ZERO), orElse(disable.rows(), 1), off, on);
	}

	private @Nullable SwitchSql switchSql(String name, String fileName, Map<String, String> files) {
		String text = files.get(fileName);
		String file = shown(name) + "/" + fileName;
		return (text != null) ? SwitchSql.of(file, SqlText.single(file, text)) : null;
	}

	public static String sha256(Map<String, String> files) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new TreeMap<>(files).forEach((name, content) -> {
				byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
				digest.update((name + '\n' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
				digest.update(bytes);
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String shown(String name) {
		return this.sources.resolve(name).toString().replace('\\', '/');
	}

}
