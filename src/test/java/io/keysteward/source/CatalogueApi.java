package io.keysteward.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keysteward.source.definition.Catalogue;
import io.keysteward.source.definition.RowsYaml;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A local server with the hand-made answers for a definition of the catalogue. It serves
 * them page by page, and applies the requests that switch keys.
 */
final class CatalogueApi implements AutoCloseable {

	private final Map<String, RowsYaml> rows;

	private final ObjectNode probe;

	private final JsonNode answers;

	private final HttpServer server;

	private CatalogueApi(String name) throws IOException {
		Catalogue.Entry entry = Catalogue.entry("test", name);
		this.rows = Objects.requireNonNull(entry.folder().yaml().rows());
		this.probe = JsonMapper.shared().createObjectNode();
		if (entry.folder().yaml().probe() != null) {
			this.probe.setAll((ObjectNode) entry.folder().yaml().probe());
		}
		this.answers = JsonMapper.shared().readTree(Files.readString(CatalogueFixture.resource(name, "answers.json")));
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	static CatalogueApi of(String name) {
		try {
			return new CatalogueApi(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body;
		int status = 200;
		try (exchange) {
			Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
			String path = exchange.getRequestURI().getRawPath();
			if (exchange.getRequestMethod().equals("GET")) {
				body = get(exchange, path, query);
			}
			else {
				change(path, JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
				body = "{}";
			}
			if (body.isEmpty()) {
				status = 404;
				body = "{}";
			}
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	private synchronized String get(HttpExchange exchange, String path, Map<String, String> query) {
		if (path.equals(this.probe.path("get").asString(""))) {
			ObjectNode node = JsonMapper.shared().createObjectNode();
			node.set(this.probe.path("at").asString().substring(1), this.probe.path("is"));
			return node.toString();
		}
		for (Map.Entry<String, RowsYaml> table : this.rows.entrySet()) {
			List<JsonNode> pages = new ArrayList<>();
			for (JsonNode answer : this.answers.path(table.getKey())) {
				if (matches(String.valueOf(table.getValue().get()), answer.path("for"), path, query)) {
					pages.add(answer.path("answer"));
				}
			}
			if (!pages.isEmpty()) {
				return page(exchange, table.getValue(), pages, path, query);
			}
		}
		return "";
	}

	private static boolean matches(String template, JsonNode round, String path, Map<String, String> query) {
		String filled = template;
		for (Map.Entry<String, JsonNode> value : round.properties()) {
			filled = filled.replace("{" + value.getKey() + "}", value.getValue().asString());
		}
		String[] parts = filled.split("\\?", 2);
		// If a header names the round, it selects the answer.
		return parts[0].equals(path)
				&& query.entrySet().containsAll(query((parts.length > 1) ? parts[1] : null).entrySet());
	}

	private static String page(HttpExchange exchange, RowsYaml table, List<JsonNode> pages, String path,
			Map<String, String> query) {
		JsonNode page = (table.page() != null) ? table.page() : JsonMapper.shared().createObjectNode();
		List<JsonNode> round = (table.headers() != null && table.forEach() != null)
				? List.of(pages.get(exchange.getRequestHeaders().getFirst("X-OB-Project-Id").equals("p1") ? 0 : 1))
				: pages;
		int index = 0;
		if (page.has("number")) {
			index = Integer.parseInt(query.getOrDefault(page.path("number").asString(), "1")) - 1;
		}
		else if (page.has("offset")) {
			index = query.getOrDefault(page.path("offset").asString(), "0").equals("0") ? 0 : round.size();
		}
		else if (page.has("cursor")) {
			String after = query.get(page.path("cursor").asString());
			while (after != null && !round.get(index++).at(page.path("next").asString()).asString("").equals(after)) {
				continue;
			}
		}
		else if (page.has("link")) {
			index = Integer.parseInt(query.getOrDefault("p", "0"));
			if (index + 1 < round.size()) {
				exchange.getResponseHeaders()
					.add("Link",
							"<http://" + exchange.getRequestHeaders().getFirst("Host") + path + "?"
									+ exchange.getRequestURI().getRawQuery().replaceAll("&p=.*", "") + "&p="
									+ (index + 1) + ">; rel=\"next\"");
			}
		}
		return (index < round.size()) ? round.get(index).toString() : without(round.get(0).deepCopy(), table.at());
	}

	private static String without(JsonNode answer, @Nullable String at) {
		((ArrayNode) ((at != null) ? answer.at(at) : answer)).removeAll();
		return answer.toString();
	}

	/** Switches keys like the three systems that can do it by HTTP. */
	private synchronized void change(String path, JsonNode body) {
		String last = URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
		for (JsonNode row : all()) {
			ObjectNode key = (ObjectNode) row;
			if (path.startsWith("/api/admin/api-tokens/") && key.path("secret").asString("").equals(last)) {
				key.set("expiresAt", body.path("expiresAt"));
			}
			else if (Set.of("block", "unblock").contains(last)
					&& key.path("token").asString("").equals(body.path("key").asString())) {
				key.put("blocked", last.equals("block"));
			}
			else if (path.startsWith("/keys/") && key.path("hash").asString("").equals(last)) {
				key.set("disabled", body.path("disabled"));
			}
		}
	}

	private List<JsonNode> all() {
		List<JsonNode> all = new ArrayList<>();
		this.rows.forEach((table, content) -> this.answers.path(table)
			.forEach((
					answer) -> ((content.at() != null) ? answer.path("answer").at(content.at()) : answer.path("answer"))
						.forEach(all::add)));
		return all;
	}

	private static Map<String, String> query(@Nullable String raw) {
		Map<String, String> query = new LinkedHashMap<>();
		if (raw != null) {
			for (String part : raw.split("&")) {
				String[] pair = part.split("=", 2);
				query.put(pair[0], URLDecoder.decode((pair.length > 1) ? pair[1] : "", StandardCharsets.UTF_8));
			}
		}
		return query;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
