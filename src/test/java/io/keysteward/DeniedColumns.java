package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * The two columns that the built-in definition does not have: the table of keys gets
 * them, and the definition of a copy of {@code config/}.
 */
public final class DeniedColumns {

	private DeniedColumns() {
	}

	/** Gives them to a register. */
	public static void add(Register register, Path directory) {
		addToTable(register.keys());
		Path config = directory.resolve("config");
		try {
			FileSystemUtils.copyRecursively(Path.of("config", "sources"), config.resolve("sources"));
			Files.writeString(config.resolve("exemptions.yaml"), "exemptions: []\n");
			Files.writeString(config.resolve("owners.yaml"), "owners: {}\n");
			addToDefinition(config.resolve("sources/api-key-records"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		register.set("keysteward.config-directory", config.toString());
	}

	public static void addToTable(JdbcClient keys) {
		keys.sql("ALTER TABLE api_key ADD COLUMN last_denied_at timestamptz, ADD COLUMN referenced_by text").update();
	}

	public static void addToDefinition(Path definition) throws IOException {
		Path select = definition.resolve("select.sql");
		Files.writeString(select,
				Files.readString(select)
					.replace("       k.last_used_at,\n",
							"       k.last_used_at,\n       k.last_denied_at,\n       k.referenced_by,\n"));
	}

	/** Somebody tries a key, and is refused. */
	public static void deny(JdbcClient keys, String id, @Nullable Instant at) {
		keys.sql("UPDATE api_key SET last_denied_at = :at::timestamptz WHERE id = :id")
			.param("at", (at != null) ? at.atOffset(ZoneOffset.UTC).toString() : null)
			.param("id", id)
			.update();
	}

	/** Something names a key. */
	public static void refer(JdbcClient keys, String id, @Nullable String names) {
		keys.sql("UPDATE api_key SET referenced_by = :names::text WHERE id = :id")
			.param("names", names)
			.param("id", id)
			.update();
	}

}
