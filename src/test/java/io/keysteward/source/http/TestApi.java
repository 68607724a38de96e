package io.keysteward.source.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.keysteward.TestDatabase;
import io.keysteward.TestSettings;
import io.keysteward.http.Pause;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.CanonicalColumns;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.http.ScriptedServer.Fault;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.http.ScriptedServer.Request;
import io.keysteward.source.landing.Landing;
import io.keysteward.source.landing.LandingSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/**
 * An API whose keys can be switched off and on, with its definition.
 */
final class TestApi implements AutoCloseable {

	static final TestDatabase DATABASE = TestDatabase.migrated().kept();

	static final String TOKEN = "s3cret-t0ken";

	static final String DISABLE = """
			# switches one off
			PUT /keys/{{key_id}}
			Content-Type: application/json
			X-Proof: {{secret}}

			{"status": "disabled", "by": {{run_id}}, "at": "{{as_of}}"}
			""";

	static final String RESTORE = """
			PUT /keys/{{key_id}}
			Content-Type: application/json

			{"status": "{{undo.status}}", "name": "{{undo.name | none}}"}
			""";

	static final String ONE = "    one: /keys/{key_id}\n";

	private static final int PAGE = 500;

	private final List<Map<String, @Nullable Object>> keys = new ArrayList<>();

	private final ScriptedServer server = new ScriptedServer(this::answer);

	private @Nullable Change lost;

	private Change change = this::apply;

	private int revision;

	ScriptedServer server() {
		return this.server;
	}

	KeySource source() {
		return load(yaml("", true), DISABLE, RESTORE, this.server.url());
	}

	/**
	 * {@return the content of source.yaml}
	 * @param more further lines of the list
	 */
	static String yaml(String more, boolean reversible) {
		String columns = Arrays.stream(KeyColumn.values())
			.map((column) -> column.columnName() + ": /" + column.columnName())
			.collect(Collectors.joining(", "));
		return """
				title: Keys of an API
				usage: { recorded: full }
				rows:
				  keys:
				    get: /keys
				    at: /keys
				    page: { offset: offset, size: limit, of: %d }
				    columns: { %s, rev: /rev, secret: { at: /secret, as: hidden } }
				%s%s""".formatted(PAGE, columns, more,
				reversible ? "disable: { reversible: true, effective-within: 1s }\n" : "");
	}

	KeySource load(String yaml, String disable, String restore, String url) {
		return load(yaml, disable, restore, new SourceSettings.Http(url, null, TOKEN, null, null, null, null, null));
	}

	static KeySource load(String yaml, String disable, String restore, SourceSettings.Http http) {
		try {
			Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "http");
			Path folder = Files.createDirectories(config.resolve("sources/x"));
			Files.writeString(folder.resolve("source.yaml"), yaml);
			Files.writeString(folder.resolve("select.sql"),
					"SELECT " + Arrays.stream(KeyColumn.values())
						.map((column) -> column.columnName() + (column.isTime() ? "::timestamptz" : ""))
						.collect(Collectors.joining(", ")) + " FROM keys");
			Files.writeString(folder.resolve("disable.http"), disable);
			Files.writeString(folder.resolve("restore.http"), restore);
			return new SourceRegistry(
					List.of(new HttpKind(config, landing(), new DefaultSslBundleRegistry(), Clock.systemUTC(),
							(pause) -> Pause.sleep(pause.dividedBy(50)))),
					List.of(new SourceSettings("x", null, null, null, http, null, null)))
				.all()
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Landing landing() {
		TestDatabase role = DATABASE.as("keysteward_landing");
		return new Landing(new LandingSettings(new SourceSettings.Datasource(null, role.username(), role.password()),
				TestSettings.of(LandingSettings.class).maxSize()), DATABASE.url(), DATABASE.username());
	}

	synchronized void put(KeyRecord key) {
		remove(key.id().id());
		repeat(key);
	}

	synchronized void repeat(KeyRecord key) {
		Map<String, @Nullable Object> row = new LinkedHashMap<>();
		for (KeyColumn column : KeyColumn.values()) {
			row.put(column.columnName(), CanonicalColumns.value(key, column, Instant::toString));
		}
		row.put("rev", ++this.revision);
		row.put("secret", "sk-" + this.revision);
		this.keys.add(row);
	}

	synchronized void remove(String keyId) {
		this.keys.removeIf((row) -> keyId.equals(row.get("key_id")));
	}

	/** Changes a value of a key, such as its last use. */
	synchronized void set(String keyId, String name, @Nullable Object value) {
		row(keyId).forEach((row) -> row.put(name, value));
	}

	/** Leaves the next change without an answer. */
	synchronized void lose(boolean committed) {
		this.lost = committed ? this.change : (request, row) -> {
		};
	}

	/** Replaces the effect of changes. */
	synchronized void changing(Change other) {
		this.change = other;
	}

	/** Applies a change. */
	synchronized void apply(Request request, Map<String, @Nullable Object> row) {
		Json.MAPPER.readTree(request.body())
			.properties()
			.forEach((entry) -> row.put(entry.getKey(), Json.text(entry.getValue())));
		row.put("rev", ++this.revision);
	}

	private synchronized Reply answer(Request request) {
		if (!("Bearer " + TOKEN).equals(request.headers().get("Authorization"))) {
			return Reply.of(401, "{\"token\":\"" + request.headers().get("Authorization") + "\"}");
		}
		if (request.method().equals("PUT")) {
			return change(request);
		}
		if (request.path().equals("/keys")) {
			int offset = request.number("offset", 0);
			return Reply.json(
					"{\"keys\":"
							+ Json.MAPPER.writeValueAsString(
									this.keys.stream().skip(offset).limit(request.number("limit", PAGE)).toList())
							+ "}");
		}
		List<Map<String, @Nullable Object>> rows = row(id(request));
		if (rows.isEmpty()) {
			return Reply.of(404, "{}");
		}
		return Reply.json(Json.MAPPER.writeValueAsString((rows.size() == 1) ? rows.get(0) : rows));
	}

	private Reply change(Request request) {
		Change done = (this.lost != null) ? this.lost : this.change;
		boolean confirmed = this.lost == null;
		this.lost = null;
		row(id(request)).forEach((row) -> done.of(request, row));
		return Reply.json("{}").fails(confirmed ? Fault.NONE : Fault.BREAK);
	}

	private static String id(Request request) {
		return URLDecoder.decode(request.path().replaceFirst("^/keys/?", "").replace("+", "%2B"),
				StandardCharsets.UTF_8);
	}

	private List<Map<String, @Nullable Object>> row(String keyId) {
		return this.keys.stream().filter((row) -> keyId.equals(row.get("key_id"))).toList();
	}

	@Override
	public void close() {
		this.server.close();
	}

	/** The effect of a request on a row. */
	interface Change {

		void of(Request request, Map<String, @Nullable Object> row);

	}

}
