package io.keysteward.source.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import io.keysteward.yaml.StrictYaml;
import io.keysteward.yaml.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that come with Keysteward. A folder of the same name in
 * {@code config/sources} replaces a definition.
 */
public final class Catalogue {

	/** The folder of its files, in messages and in the jar. */
	private static final String ROOT = "catalogue/";

	private static final String INDEX = "catalogue.yaml";

	/** The possible files of a folder, in reading order. */
	private static final List<String> FILES = List.of(Definition.YAML, Definition.SELECT, Definition.DISABLE_SQL,
			Definition.RESTORE_SQL, Definition.DISABLE_HTTP, Definition.RESTORE_HTTP, "grants.sql");

	private Catalogue() {
	}

	/**
	 * {@return the names of its definitions, in its order}
	 */
	public static List<String> names() {
		return List.copyOf(Index.ENTRIES.keySet());
	}

	/**
	 * {@return one of its definitions}
	 * @param asked the setting or option that names it, for messages
	 */
	public static Entry entry(String asked, String name) {
		Origin origin = Index.ENTRIES.get(name);
		if (origin == null) {
			throw Failure.configuration(asked + " '" + SafeText.visible(name) + "' is not in the catalogue; "
					+ NearestWord.hint(name, names()));
		}
		DefinitionFolder folder = folder(name, FILES);
		return new Entry(folder, DefinitionReader.define(folder, folder.yaml()), origin);
	}

	/**
	 * {@return a definition's folder with the given files, as far as they exist; null: it
	 * is not in the catalogue}
	 */
	static @Nullable DefinitionFolder find(String name, List<String> files) {
		return Index.ENTRIES.containsKey(name) ? folder(name, files) : null;
	}

	private static DefinitionFolder folder(String name, List<String> files) {
		Map<String, String> texts = new LinkedHashMap<>();
		for (String file : files) {
			String text = text(ROOT + name + "/" + file);
			if (text != null) {
				texts.put(file, text);
			}
		}
		return new DefinitionFolder(name, ROOT + name, texts);
	}

	private static @Nullable String text(String path) {
		try (InputStream in = Catalogue.class.getResourceAsStream("/" + path)) {
			return (in != null) ? WrittenFile.read(path, in) : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A definition of the catalogue.
	 *
	 * @param folder its files, in reading order
	 * @param definition the content of its {@code source.yaml}
	 * @param origin its origin, which is in no file
	 */
	public record Entry(DefinitionFolder folder, Definition definition, Origin origin) {

		/**
		 * {@return whether it can switch keys off and on again}
		 */
		public boolean disables() {
			return this.definition.obstacle() == null && (this.folder.text(Definition.DISABLE_SQL) != null
					|| this.folder.text(Definition.DISABLE_HTTP) != null);
		}

	}

	/**
	 * The origin of a definition.
	 *
	 * @param from the kind of its rows' source: postgresql, file or http
	 * @param follows the documents or the version that it follows
	 * @param tested what it was tested with
	 */
	public record Origin(String from, String follows, String tested) {
	}

	/** The content of the index file. */
	record Listed(@Nullable Map<String, Origin> definitions) {
	}

	/** The index, loaded on first use. */
	private static final class Index {

		private static final Map<String, Origin> ENTRIES = read();

		private static Map<String, Origin> read() {
			String text = text(ROOT + INDEX);
			Listed listed = new StrictYaml(new ArrayList<>()).read(ROOT + INDEX, String.valueOf(text), Listed.class);
			return (listed.definitions() != null) ? listed.definitions() : Map.of();
		}

	}

}
