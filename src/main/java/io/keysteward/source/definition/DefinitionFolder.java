package io.keysteward.source.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A folder of {@code config/sources}, with the texts of its files that affect a run.
 *
 * @param name its name
 * @param path its path, for messages
 * @param texts the texts by the files' names
 */
public record DefinitionFolder(String name, String path, Map<String, String> texts) {

	/**
	 * {@return a file of the folder, for messages}
	 */
	public String file(String fileName) {
		return this.path + "/" + fileName;
	}

	/**
	 * {@return the text of a file; null: there is no such file}
	 */
	public @Nullable String text(String fileName) {
		return this.texts.get(fileName);
	}

	/**
	 * {@return the text of a required file}
	 */
	public String required(String fileName) {
		String text = text(fileName);
		if (text == null) {
			throw Failure.configuration(file(fileName) + ": is missing; a definition needs it");
		}
		return text;
	}

	/**
	 * {@return the content of {@code source.yaml}}
	 */
	public SourceYaml yaml() {
		return SourceYamlReader.read(file(Definition.YAML), required(Definition.YAML));
	}

	/**
	 * {@return SHA-256 of the files that decide what a run does, in hex}
	 */
	public String sha256() {
		return sha256(this.texts);
	}

	/**
	 * {@return the SHA-256 of texts and their names, in hex}
	 */
	public static String sha256(Map<String, String> texts) {
		MessageDigest digest = Sha256.digest();
		new TreeMap<>(texts).forEach((name, content) -> {
			byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
			digest.update((name + '\n' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
			digest.update(bytes);
		});
		return Sha256.hex(digest);
	}

}
