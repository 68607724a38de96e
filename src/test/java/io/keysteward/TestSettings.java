package io.keysteward;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Settings as Spring Boot makes them of what is written.
 */
public final class TestSettings {

	private TestSettings() {
	}

	/**
	 * {@return settings of a type, as shipped but for what is written}
	 * @param written such as {@code max-sheet-rows=100}
	 */
	public static <T> T of(Class<T> type, String... written) {
		Map<String, String> properties = Stream.of(written)
			.map((line) -> line.split("=", 2))
			.collect(Collectors.toMap((pair) -> "settings." + pair[0], (pair) -> pair[1]));
		Properties all = new Properties();
		all.putAll(properties);
		return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("settings", type);
	}

}
