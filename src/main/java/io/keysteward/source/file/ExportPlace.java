package io.keysteward.source.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

import io.keysteward.source.Place;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;

/**
 * The place of an export: one file, or the newest file of a folder.
 */
final class ExportPlace {

	/** A file that changed more recently may still be incomplete. */
	private static final Duration STABLE = Duration.ofMinutes(1);

	/** The most that clocks may differ. */
	private static final Duration SKEW = Duration.ofMinutes(5);

	private final String property;

	private final Path path;

	private final @Nullable String newestOf;

	private final Duration notOlderThan;

	private final Clock clock;

	private ExportPlace(String property, Path path, @Nullable String newestOf, Duration notOlderThan, Clock clock) {
		this.property = property;
		this.path = path;
		this.newestOf = newestOf;
		this.notOlderThan = notOlderThan;
		this.clock = clock;
	}

	/**
	 * {@return the place}
	 * @param property the prefix of the settings, for messages
	 */
	static ExportPlace of(String property, SourceSettings.Files settings, Clock clock) {
		String path = settings.path();
		if (path == null || path.isBlank()) {
			throw Failure.configuration(property + ".path: is required; write a file, or a folder with newest-of");
		}
		Duration notOlderThan = settings.notOlderThan();
		if (notOlderThan == null || notOlderThan.isNegative() || notOlderThan.isZero()) {
			throw Failure.configuration(property + ".not-older-than: is required, such as 36h: an older file fails"
					+ " the source, since keys that it does not show may be in use");
		}
		String newestOf = settings.newestOf();
		if (newestOf != null && (newestOf.isBlank() || newestOf.contains("/") || newestOf.contains("\\"))) {
			throw Failure.configuration(property + ".newest-of '" + SafeText.visible(newestOf)
					+ "' is not allowed; write a pattern of file names without a folder, such as *.csv");
		}
		try {
			return new ExportPlace(property, Path.of(path), newestOf, notOlderThan, clock);
		}
		catch (InvalidPathException ex) {
			throw Failure.configuration(property + ".path '" + SafeText.visible(path) + "' is not a path; correct it");
		}
	}

	/**
	 * {@return the place, which does not depend on the name of the newest file}
	 */
	Place place() {
		find();
		String text = (this.newestOf != null) ? "newest " + this.newestOf + " of folder " + this.path
				: "file " + this.path;
		return new Place(SafeText.visible(text), DefinitionFolder
			.sha256(Map.of("path", real(), "newest-of", (this.newestOf != null) ? this.newestOf : "")));
	}

	private String real() {
		try {
			return this.path.toRealPath().toString();
		}
		catch (IOException ex) {
			return this.path.toAbsolutePath().normalize().toString();
		}
	}

	/**
	 * {@return the name of a file in messages}
	 */
	String shown(FoundFile file) {
		return SafeText.visible(file.path().toString());
	}

	/**
	 * {@return the file, if it is neither too old nor still changing}
	 */
	FoundFile findFresh() {
		FoundFile file = find();
		Instant now = this.clock.instant();
		Duration age = Duration.between(file.modified(), now);
		if (age.compareTo(SKEW.negated()) < 0) {
			throw Failure.configuration(shown(file) + ": was changed at " + UtcMinute.of(file.modified())
					+ ", which is in the future; correct the clock of this machine, or of the one that wrote the file");
		}
		if (age.compareTo(STABLE) < 0) {
			throw Failure
				.retry(shown(file) + ": was changed less than a minute ago, and may be incomplete; start the run"
						+ " again in a minute", null);
		}
		if (age.compareTo(this.notOlderThan) > 0) {
			throw Failure.retry(shown(file) + ": is of " + UtcMinute.of(file.modified()) + ", and " + this.property
					+ ".not-older-than allows " + shown(this.notOlderThan) + "; put a new export there, then start the"
					+ " run again", null);
		}
		return file;
	}

	private static String shown(Duration duration) {
		return (duration.toMinutes() % 60 == 0) ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
	}

	/** Fails if the file has changed. */
	void requireUnchanged(FoundFile file) {
		try {
			if (FoundFile.of(file.path()).equals(file)) {
				return;
			}
		}
		catch (IOException ex) {
			// A deleted file has changed too.
		}
		throw Failure.retry(shown(file) + ": was changed while it was read; start the run again when it is complete",
				null);
	}

	private FoundFile find() {
		try {
			return (this.newestOf != null) ? newest(this.newestOf) : single();
		}
		catch (AccessDeniedException ex) {
			throw Failure.configuration(shown() + " cannot be read; check the rights on it and on its folder");
		}
		catch (IOException ex) {
			throw Failure.retry(
					shown() + " cannot be read now (" + ex.getClass().getSimpleName() + "); start the run again", ex);
		}
	}

	private FoundFile single() throws IOException {
		requireThere();
		if (Files.isDirectory(this.path)) {
			throw Failure.configuration(shown() + " is a folder; add newest-of, such as *.csv");
		}
		if (!Files.isRegularFile(this.path)) {
			throw Failure.configuration(shown() + " is a pipe or a device; name a file");
		}
		return FoundFile.of(this.path);
	}

	private FoundFile newest(String pattern) throws IOException {
		requireThere();
		if (!Files.isDirectory(this.path)) {
			throw Failure.configuration(shown() + " is not a folder; remove newest-of, or name the folder");
		}
		Path folder = this.path.toRealPath();
		List<FoundFile> found = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, pattern)) {
			for (Path file : files) {
				String name = String.valueOf(file.getFileName());
				if (!name.startsWith(".") && !name.startsWith("~$") && Files.isRegularFile(file)) {
					requireWithin(folder, file);
					found.add(FoundFile.of(file));
				}
			}
		}
		catch (PatternSyntaxException ex) {
			throw Failure.configuration(this.property + ".newest-of '" + SafeText.visible(pattern)
					+ "' is not a pattern; write one such as *.csv");
		}
		return found.stream()
			.max(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::name))
			.orElseThrow(() -> Failure.retry(shown() + " has no file " + SafeText.visible(pattern)
					+ "; put an export there, then start the run again", null));
	}

	/** Otherwise everyone with write access to the folder could have any file read. */
	private void requireWithin(Path folder, Path file) throws IOException {
		if (!file.toRealPath().startsWith(folder)) {
			throw Failure.configuration(
					SafeText.visible(file.toString()) + ": is a link out of its folder; replace it by the file");
		}
	}

	private void requireThere() {
		if (Files.notExists(this.path)) {
			throw Failure.retry(shown() + " does not exist; put the export there, then start the run again", null);
		}
	}

	private String shown() {
		return this.property + ".path: " + SafeText.visible(this.path.toString());
	}

}
