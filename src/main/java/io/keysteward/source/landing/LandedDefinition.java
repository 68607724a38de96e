package io.keysteward.source.landing;

import java.util.List;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.source.definition.SourceYaml;
import io.keysteward.source.postgresql.LandedSelect;

/**
 * The definition of a system whose rows are landed, as a folder in {@code config/sources}
 * has it.
 *
 * @param folder the folder, with the files of every kind of system
 * @param yaml the content of {@code source.yaml}
 * @param common the part that every kind of source has
 * @param tables the tables to land, in the order of {@code source.yaml}
 * @param select the SQL that makes keys of them
 */
public record LandedDefinition(DefinitionFolder folder, SourceYaml yaml, Definition common, List<Table> tables,
		LandedSelect select) {

	/**
	 * {@return a file of the folder, as messages name it}
	 */
	public String file(String fileName) {
		return this.folder.file(fileName);
	}

}
