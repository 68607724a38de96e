package io.keysteward.source;

import java.util.List;

/**
 * One kind of source, such as a PostgreSQL database: it reads the settings with the place
 * of such a source, and its definition.
 */
public interface SourceKind {

	/**
	 * {@return the setting that marks a source of this kind, for messages}
	 */
	String setting();

	/**
	 * {@return whether these settings are for a source of this kind}
	 */
	boolean isMeantBy(SourceSettings settings);

	/**
	 * Reads a source's definition, and connects to nothing.
	 * @param id the source's id
	 * @param settings its place and its definition's name
	 * @param property the settings' path for messages, with the last dot
	 * @return the source
	 * @throws io.keysteward.text.Failure where the settings or the definition are not
	 * valid
	 */
	KeySource load(String id, SourceSettings settings, String property);

	/**
	 * {@return the source's place by its settings alone; two equal places show the same
	 * keys}
	 */
	List<String> address(SourceSettings settings);

}
