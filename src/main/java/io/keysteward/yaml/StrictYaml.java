package io.keysteward.yaml;

import java.util.List;
import java.util.function.Consumer;

import io.keysteward.text.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads records from a file strictly, and reports everything else as one line with its
 * place. Components are written in kebab-case; an absent one is null, and so is an entry
 * of a list or map without a value.
 */
public final class StrictYaml {

	private final YAMLMapper mapper;

	/** Accepts duplicate keys. */
	private final YAMLMapper lenient;

	/**
	 * Makes a reader for one kind of file.
	 * @param values the types of values besides text, {@code true} and {@code false}
	 */
	public StrictYaml(List<ScalarType<?>> values) {
		SimpleModule module = new SimpleModule();
		add(module, ScalarType.TEXT);
		add(module, ScalarType.YES_OR_NO);
		values.forEach((value) -> add(module, value));
		this.mapper = YAMLMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.addModule(module)
			.build();
		this.lenient = this.mapper.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
	}

	/**
	 * {@return whether the text has only comments}
	 */
	public static boolean isEmpty(String yaml) {
		return yaml.lines().allMatch((line) -> line.isBlank() || line.stripLeading().startsWith("#"));
	}

	/**
	 * {@return the file's content}
	 * @param file the file's name for messages
	 * @param yaml its text, not empty
	 * @param type a record
	 * @throws Failure where the text is not valid
	 */
	public <T> T read(String file, String yaml, Class<T> type) {
		try {
			return this.mapper.readValue(yaml, type);
		}
		catch (JacksonException ex) {
			throw Failure.configuration(new YamlErrorText(this.mapper, file, yaml).describe(ex, ""));
		}
	}

	/**
	 * Reads a file that holds one list under one key; a faulty entry does not hide the
	 * others.
	 * @param file the file's name for messages
	 * @param yaml its text, not empty
	 * @param key the list's key
	 * @param type the record type of an entry
	 * @param faults gets a line for each fault
	 * @return the valid entries
	 */
	public <T> List<Entry<T>> entries(String file, String yaml, String key, Class<T> type, Consumer<String> faults) {
		List<DuplicateKey> duplicates = duplicates(yaml);
		try (JsonParser parser = this.lenient.createParser(yaml)) {
			return new EntryReader<T>(parser, this.lenient.readerFor(type), new YamlErrorText(this.lenient, file, yaml),
					duplicates, faults)
				.list(key);
		}
	}

	private List<DuplicateKey> duplicates(String yaml) {
		try (JsonParser parser = this.lenient.createParser(yaml)) {
			return DuplicateKey.all(parser);
		}
	}

	private static <T> void add(SimpleModule module, ScalarType<T> value) {
		module.addDeserializer(value.type(), new ScalarDeserializer<>(value));
	}

}
