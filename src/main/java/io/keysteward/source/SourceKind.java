package io.keysteward.source;

import java.util.List;

/**
 * One kind of source, such as a PostgreSQL database: it understands the settings that say
 * where such a source is, and the definition of it.
 */
public interface SourceKind {

	/**
	 * {@return the setting by which a source is of this kind, as messages name it}
	 */
	String setting();

	/**
	 * {@return whether these settings say that their source is of this kind}
	 */
	boolean isMeantBy(SourceSettings settings);

	/**
	 * Reads a source's definition, and connects to nothing.
	 * @param id the source's id
	 * @param settings where it is, and which definition it has
	 * @param property how messages name the settings, up to the last dot
	 * @return the source
	 * @throws io.keysteward.text.Failure where the settings or the definition are not as
	 * they must be
	 */
	KeySource load(String id, SourceSettings settings, String property);

	/**
	 * {@return where the source is as its settings say, without asking anybody; two that
	 * are equal show the same keys}
	 */
	List<String> address(SourceSettings settings);

}
