package io.keysteward.source.postgresql;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionFolder;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a definition of landed rows, which makes keys of them.
 */
public final class LandedSelect {

	private final SqlDefinition definition;

	private LandedSelect(SqlDefinition definition) {
		this.definition = definition;
	}

	/**
	 * {@return the SQL of a folder}
	 * @param common the part of the definition that every kind of source has
	 */
	public static LandedSelect of(DefinitionFolder folder, Definition common) {
		String select = SqlText.single(folder.file(SqlDefinition.SELECT), folder.required(SqlDefinition.SELECT));
		String since = common.knownSince().select();
		return new LandedSelect(new SqlDefinition(common, null, select, knownSince(folder, since), false,
				SqlDefinitionReader.ROWS, null, null));
	}

	private static @Nullable String knownSince(DefinitionFolder folder, @Nullable String select) {
		return (select != null) ? SqlText.single(folder.file(Definition.YAML) + ": usage.known-since", select) : null;
	}

	SqlDefinition definition() {
		return this.definition;
	}

}
