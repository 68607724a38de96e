package io.keysteward.source.file;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.StatementTimeout;
import io.keysteward.source.definition.RowsYaml;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.LandedDefinitionReader;
import io.keysteward.source.landing.Landing;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Sources that are exported files.
 */
public final class FilesKind implements SourceKind {

	private final LandedDefinitionReader definitions;

	private final Landing landing;

	private final Clock clock;

	public FilesKind(Path configDirectory, Landing landing, Clock clock) {
		this.definitions = new LandedDefinitionReader(configDirectory);
		this.landing = landing;
		this.clock = clock;
	}

	@Override
	public String setting() {
		return "files";
	}

	@Override
	public boolean isMeantBy(SourceSettings settings) {
		return settings.files() != null;
	}

	@Override
	public KeySource load(String id, SourceSettings settings, String property) {
		Duration timeout = StatementTimeout.require(property + ".statement-timeout", settings.statementTimeout());
		SourceSettings.Files files = Objects.requireNonNull(settings.files());
		ExportPlace place = ExportPlace.of(property + ".files", files, this.clock);
		Charset encoding = encoding(property + ".files.encoding", files.encoding());
		LandedDefinition definition = this.definitions.load(property + ".definition",
				Objects.requireNonNull(settings.definitionName()));
		definition.tables().forEach(FilesKind::requireFile);
		return this.landing.source(id, definition,
				new ExportSystem(place, property + ".files.encoding", encoding, this.clock), timeout, Map.of());
	}

	@Override
	public List<String> address(SourceSettings settings) {
		SourceSettings.Files files = Objects.requireNonNull(settings.files());
		return List.of(String.valueOf(files.path()), String.valueOf(files.newestOf()));
	}

	private static @Nullable Charset encoding(String property, @Nullable String name) {
		try {
			return (name != null) ? Charset.forName(name.strip()) : null;
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
			throw Failure.configuration(property + " '" + SafeText.visible(name)
					+ "' is not known; write one such as UTF-8, UTF-16LE, GB18030 or windows-1252");
		}
	}

	private static void requireFile(Table table) {
		RowsYaml yaml = table.yaml();
		Stream
			.of(other("get", yaml.get()), other("headers", yaml.headers()), other("page", yaml.page()),
					other("total", yaml.total()), other("for-each", yaml.forEach()), other("require", yaml.require()),
					other("sql", yaml.sql()), other("one", yaml.one()))
			.flatMap(Stream::ofNullable)
			.findFirst()
			.ifPresent((key) -> {
				throw Failure.configuration(table.where() + "." + key + ": is not allowed for a file; remove it, or"
						+ " write http or a datasource instead of files");
			});
		if (table.columns().isEmpty()) {
			throw Failure.configuration(table.where() + ".columns: is required; name the headers, or the fields, that"
					+ " select.sql needs");
		}
		ExportFormat format = format(table);
		if (yaml.sheet() != null && format != null && format != ExportFormat.XLSX) {
			throw Failure.configuration(table.where() + ".sheet: only an XLSX file has sheets; remove it");
		}
		if (yaml.at() != null && format != ExportFormat.JSON) {
			throw Failure.configuration(table.where() + ".at: only a json file has it; remove it");
		}
	}

	private static @Nullable String other(String key, @Nullable Object value) {
		return (value != null) ? key : null;
	}

	/**
	 * {@return the required format of a table's file; null: any format with a header}
	 */
	static @Nullable ExportFormat format(Table table) {
		String word = table.yaml().format();
		if (word == null) {
			return null;
		}
		return Stream.of(ExportFormat.values())
			.filter((format) -> format.word().equals(word))
			.findFirst()
			.orElseThrow(() -> Failure
				.configuration(table.where() + ".format '" + SafeText.visible(word) + "' is not known; "
						+ NearestWord.hint(word, Stream.of(ExportFormat.values()).map(ExportFormat::word).toList())
						+ " Left out it may be csv, tsv or xlsx"));
	}

}
