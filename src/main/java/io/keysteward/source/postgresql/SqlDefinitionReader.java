package io.keysteward.source.postgresql;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.source.definition.DefinitionReader;
import io.keysteward.source.definition.SourceYaml;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads definitions with SQL from the folders of {@code config/sources}.
 */
final class SqlDefinitionReader {

	/** How many rows are updated to switch one key, where nothing is said of it. */
	static final int ROWS = 1;

	private final DefinitionReader folders;

	SqlDefinitionReader(Path configDirectory) {
		this.folders = new DefinitionReader(configDirectory,
				List.of(SqlDefinition.SELECT, SqlDefinition.DISABLE, SqlDefinition.RESTORE));
	}

	/**
	 * {@return the definition in a folder}
	 * @param property the setting that names it, for messages
	 * @param name the folder's name
	 */
	SqlDefinition load(String property, String name) {
		DefinitionFolder folder = this.folders.read(property, name);
		folder.required(Definition.YAML);
		String select = folder.required(SqlDefinition.SELECT);
		SourceYaml yaml = folder.yaml();
		String yamlFile = folder.file(Definition.YAML);
		if (yaml.rows() != null) {
			throw Failure.configuration(yamlFile + ": has rows, so it is for a file, an HTTP API or another"
					+ " database; write files, http or that datasource at "
					+ property.replaceFirst("\\.definition$", "") + ", or remove rows");
		}
		Definition common = DefinitionReader.define(folder, yaml);
		String probe = probe(yamlFile, yaml);
		SwitchSql disable = switchSql(folder, SqlDefinition.DISABLE);
		if (disable != null) {
			disable.requireParameters(SwitchSql.OF_DISABLE, "key_id", "last_used_at");
		}
		Integer rows = (yaml.disable() != null) ? yaml.disable().rows() : null;
		return new SqlDefinition(common, SqlText.single(yamlFile + ": probe", probe),
				SqlText.single(folder.file(SqlDefinition.SELECT), select),
				knownSince(yamlFile, common.knownSince().select()),
				Objects.requireNonNullElse(yaml.rowSecurity(), false), Objects.requireNonNullElse(rows, ROWS), disable,
				switchSql(folder, SqlDefinition.RESTORE));
	}

	private static String probe(String yamlFile, SourceYaml yaml) {
		JsonNode probe = DefinitionReader.required(yamlFile, "probe", yaml.probe());
		if (!probe.isString() || probe.stringValue().isBlank()) {
			throw Failure.configuration(yamlFile + ": probe must be one SELECT that returns one boolean");
		}
		return probe.stringValue();
	}

	private static @Nullable String knownSince(String yamlFile, @Nullable String select) {
		return (select != null) ? SqlText.single(yamlFile + ": usage.known-since", select) : null;
	}

	private static @Nullable SwitchSql switchSql(DefinitionFolder folder, String fileName) {
		String text = folder.text(fileName);
		String file = folder.file(fileName);
		return (text != null) ? SwitchSql.parse(file, SqlText.single(file, text)) : null;
	}

}
