package io.keysteward.source.landing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.source.definition.DefinitionReader;
import io.keysteward.source.definition.RowsYaml;
import io.keysteward.source.definition.SourceYaml;
import io.keysteward.source.postgresql.LandedSelect;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Reads folders of {@code config/sources} into definitions of landed systems.
 */
public final class LandedDefinitionReader {

	/** Files of all kinds of landed systems; each affects what a run does. */
	private static final List<String> FILES = List.of(Definition.SELECT, Definition.DISABLE_SQL, Definition.RESTORE_SQL,
			Definition.DISABLE_HTTP, Definition.RESTORE_HTTP);

	private static final Pattern FILE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");

	private final DefinitionReader folders;

	public LandedDefinitionReader(Path configDirectory) {
		this.folders = new DefinitionReader(configDirectory, FILES);
	}

	/**
	 * {@return the definition in a folder}
	 * @param property the setting that names the definition, for messages
	 * @param name the folder's name
	 */
	public LandedDefinition load(String property, String name) {
		DefinitionFolder folder = this.folders.read(property, name);
		SourceYaml yaml = folder.yaml();
		String file = folder.file(Definition.YAML);
		Map<String, @Nullable RowsYaml> rows = yaml.rows();
		if (rows == null || rows.isEmpty()) {
			throw Failure.configuration(file + ": rows is required; write for each table where its rows come from");
		}
		if (yaml.disable() != null && yaml.disable().rows() != null) {
			throw Failure.configuration(file
					+ ": disable.rows is for PostgreSQL's tables only: here exactly one key is switched; take it out");
		}
		DefinitionFolder whole = this.folders.with(folder, statements(file, rows));
		List<Table> tables = new ArrayList<>();
		rows.forEach((table, content) -> tables.add(new TableReader(file, table, content).table()));
		Definition common = DefinitionReader.define(whole, yaml);
		return new LandedDefinition(whole, yaml, common, List.copyOf(tables), LandedSelect.of(whole, common));
	}

	/** The files with the SELECTs for another database. */
	private static List<String> statements(String file, Map<String, @Nullable RowsYaml> rows) {
		List<String> names = new ArrayList<>();
		rows.forEach((table, content) -> {
			if (content != null && content.sql() != null) {
				if (!FILE.matcher(content.sql()).matches()) {
					throw Failure.configuration(file + ": rows." + table + ".sql '" + content.sql()
							+ "' is not allowed; write the name of a file in the same folder");
				}
				names.add(content.sql());
			}
		});
		return names;
	}

}
