package io.keysteward.source.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.SourceRegistry;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Complete definitions of systems, from the answers to the keys.
 */
class ExampleDefinitionTests {

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.of(404, "{}"));

	@AfterEach
	void stop() {
		this.server.close();
	}

	/**
	 * A secret as the id; a request with a hidden value; a null that cannot be set again.
	 */
	@Test
	void unleash() throws IOException {
		Instant asOf = Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
		String[] expires = { "null" };
		String secret = "default:development.4f9aQ7pLx2Wm8Zk3Vn6Tb1Yc5Rd0Ge";
		this.server.answering((request) -> {
			if (request.method().equals("PUT")) {
				assertThat(request.target()).isEqualTo("/api/admin/api-tokens/" + secret.replace(":", "%3A"));
				expires[0] = Json.MAPPER.readTree(request.body()).path("expiresAt").toString();
				return Reply.of(200, "");
			}
			return Reply.json("""
					{"tokens":[{"secret":"%s","tokenName":"app","type":"client","projects":["b","a"],
					"createdAt":"2026-01-02T03:04:05.678Z","seenAt":null,"expiresAt":%s}]}
					""".formatted(secret, expires[0]));
		});
		KeySource source = load("""
				title: Unleash API tokens
				rows:
				  tokens:
				    get: /api/admin/api-tokens
				    at: /tokens
				    columns:
				      id: { at: /secret, as: sha256 }
				      public: { at: /secret, before: . }
				      name: /tokenName
				      type: /type
				      projects: /projects
				      created: /createdAt
				      seen: /seenAt
				      expires: /expiresAt
				      secret: { at: /secret, as: hidden }
				usage: { recorded: full, granularity: 3m }
				kinds: { governed: [client, frontend], never-disable: [admin] }
				disable: { reversible: true, effective-within: 1s }
				""", """
				SELECT 'sha256:' || id AS key_id, name, public || '.****' AS masked_key,
				       nullif((SELECT string_agg(p, ',' ORDER BY p COLLATE "C")
				                 FROM jsonb_array_elements_text(projects::jsonb) AS p), '*') AS project_id,
				       created::timestamptz AS created_at, seen::timestamptz AS last_used_at,
				       expires::timestamptz AS expires_at,
				       CASE WHEN expires::timestamptz <= now() THEN 'expired' ELSE 'active' END AS status, type AS kind
				  FROM tokens
				""", Map.of("disable.http", """
				PUT /api/admin/api-tokens/{{secret}}
				Content-Type: application/json

				{"expiresAt": "{{as_of}}"}
				""", "restore.http", """
				PUT /api/admin/api-tokens/{{secret}}
				Content-Type: application/json

				{"expiresAt": "{{undo.expires | 9999-12-31T00:00:00.000Z}}"}
				"""), Map.of());
		KeyRecord key = keys(source).get(0);
		assertThat(key.maskedKey()).isEqualTo("default:development.****");
		assertThat(key.project().id()).isEqualTo("a,b");
		assertThat(key.expiresAt()).isNull();
		List<String> undo = new ArrayList<>();
		KeySwitch keySwitch = source.keySwitch(Set.of(source.place().text()));
		assertThat(keySwitch.disable(new KeySwitch.Order(key, 7, asOf), undo::add)).isNull();
		assertThat(undo).hasSize(2).allMatch((text) -> !text.contains("4f9aQ7pLx2"));
		assertThat(expires[0]).isEqualTo("\"" + asOf + "\"");
		assertThat(keys(source).get(0).status()).isEqualTo(KeyStatus.EXPIRED);
		assertThat(keySwitch.restore(new KeySwitch.Undo(key.id().id(), 7, asOf, undo.get(1)), undo::add)).isTrue();
		assertThat(expires[0]).isEqualTo("\"9999-12-31T00:00:00.000Z\"");
		assertThat(keys(source).get(0).status()).isEqualTo(KeyStatus.ACTIVE);
	}

	@Test
	void gitlab() throws IOException {
		boolean[] admin = { true };
		this.server.answering((request) -> switch (request.path()) {
			case "/api/v4/user" -> Reply.json("{\"id\":1,\"is_admin\":" + admin[0] + "}");
			case "/api/v4/users" -> Reply.json("""
					[{"id":%d,"username":"u","email":"u@example.org","state":"active","bot":%s}]
					""".formatted(request.number("id_after", 0) + 1, request.number("id_after", 0) == 1))
				.with("Link", (request.number("id_after", 0) == 0)
						? "<" + this.server.url() + "/api/v4/users?id_after=1>; rel=\"next\"" : "");
			default -> Reply.json("""
					[{"id":11,"name":"a","user_id":1,"created_at":"2026-01-02T03:04:05.678Z","last_used_at":null,
					  "expires_at":"2027-01-01","revoked":false,"active":true},
					 {"id":12,"name":"b","user_id":2,"created_at":"2026-01-02T03:04:05.678Z",
					  "last_used_at":"2026-10-01T00:00:00.000Z","expires_at":null,"revoked":true,"active":false},
					 {"id":13,"name":"c","user_id":9,"created_at":"2026-01-02T03:04:05.678Z","last_used_at":null,
					  "expires_at":null,"revoked":false,"active":true}]
					""");
		});
		KeySource source = load("""
				title: GitLab personal, group and project access tokens
				probe: { get: /api/v4/user, at: /is_admin, is: true }
				rows:
				  users:
				    get: /api/v4/users?per_page=100&pagination=keyset&order_by=id
				    page: { link: next }
				    columns: { id: /id, username: /username, email: /email, state: /state, bot: /bot }
				    optional: [email, bot]
				  tokens:
				    get: /api/v4/personal_access_tokens?per_page=100
				    page: { link: next }
				    columns: { id: /id, name: /name, user: /user_id, created: /created_at, used: /last_used_at,
				               expires: /expires_at, revoked: /revoked, active: /active }
				usage: { recorded: full, granularity: 10m }
				""",
				"""
						SELECT t.id AS key_id, t.name, t."user" AS owner_id, u.username AS owner_name, u.email AS owner_email,
						       CASE WHEN u.id IS NULL THEN 'missing' WHEN u.state <> 'active' THEN 'disabled' ELSE 'ok' END AS owner_state,
						       t.created::timestamptz AS created_at, t.used::timestamptz AS last_used_at,
						       t.expires::date::timestamp AT TIME ZONE 'UTC' AS expires_at,
						       CASE WHEN t.revoked::boolean THEN 'disabled' WHEN NOT t.active::boolean THEN 'expired' ELSE 'active' END AS status,
						       CASE WHEN u.bot::boolean THEN 'bot' ELSE 'personal' END AS kind
						  FROM tokens t LEFT JOIN users u ON u.id = t."user"
						""",
				Map.of(), Map.of());
		assertThat(keys(source))
			.extracting((key) -> key.id().id() + " " + key.owner().state() + " " + key.status() + " " + key.kind() + " "
					+ key.usage().lastUsedAt())
			.containsExactlyInAnyOrder("11 OK ACTIVE personal null", "12 OK DISABLED bot 2026-10-01T00:00:00Z",
					"13 MISSING ACTIVE personal null");
		assertThat(source.disabling().obstacle()).isNotNull();
		admin[0] = false;
		assertThat(catchThrowableOfType(Failure.class, () -> keys(source)).line())
			.contains("the login may not see all");
		assertThat(catchThrowableOfType(Failure.class, source::probe).line()).contains("the login may not see all");
	}

	@Test
	void oceanBaseCloud() throws IOException {
		boolean[] success = { true };
		this.server.answering((request) -> {
			if (request.path().equals("/")) {
				return Reply.of(503, "nothing here");
			}
			assertThat(request.headers()).containsEntry("X-OB-Org-Id", "org-x").containsKey("X-OB-Project-Id");
			String project = request.headers().get("X-OB-Project-Id");
			return Reply.json("""
					{"action":"ListAIServiceAPIKeys","success":%s,"message":"success","data":{"list":[%s]}}
					""".formatted(success[0], (request.number("pageNumber", 1) > 1) ? ""
					: "{\"id\":\"ak-%s\",\"name\":\"app\",\"createdAt\":\"2023-08-29T03:43:52Z\"}".formatted(project)));
		});
		KeySource source = load("""
				title: OceanBase Cloud API keys, from the open API
				rows:
				  keys:
				    for-each: projects
				    get: /api/v2/maas/apikeys
				    headers: { X-OB-Org-Id: '{org}', X-OB-Project-Id: '{project}' }
				    page: { number: pageNumber, from: 1, size: pageSize, of: 100, until: empty }
				    at: /data/list
				    require: { /success: true }
				    columns: { id: /id, name: /name, created: /createdAt, expires: /expiresAt, project: '{project}' }
				    optional: [expires]
				usage: { recorded: none }
				""", """
				SELECT id AS key_id, name, project AS project_id, created::timestamptz AS created_at,
				       expires::timestamptz AS expires_at
				  FROM keys
				""", Map.of(), Map.of("org", List.of("org-x"), "projects", List.of("p1", "p2")));
		assertThat(keys(source)).extracting((key) -> key.id().id() + " " + key.project().id())
			.containsExactlyInAnyOrder("ak-p1 p1", "ak-p2 p2");
		assertThat(source.place().text()).isEqualTo(this.server.url() + " org=org-x projects=p1,p2 as headers X-Key");
		success[0] = false;
		assertThat(catchThrowableOfType(Failure.class, () -> keys(source)).line())
			.contains("the value that the definition requires (true)");
	}

	@Test
	void grafana() throws IOException {
		String[] revoked = { "" };
		this.server.answering((request) -> request.path().endsWith("/search") ? Reply
			.json("{\"totalCount\":1,\"serviceAccounts\":[%s]}".formatted((request.number("page", 1) > 1) ? "" : """
					{"id":7,"name":"ci","login":"sa-ci","orgId":1,"isDisabled":false}""")) : Reply.json("""
					[{"id":70,"name":"t","created":"2026-01-02T03:04:05Z","lastUsedAt":null,"expiration":null,
					  "hasExpired":false%s}]
					""".formatted(revoked[0])));
		String yaml = """
				title: Grafana service account tokens
				rows:
				  accounts:
				    get: /api/serviceaccounts/search
				    page: { number: page, from: 1, size: perpage, of: 1000, until: empty }
				    at: /serviceAccounts
				    total: /totalCount
				    columns: { id: /id, name: /name, login: /login, org: /orgId, disabled: /isDisabled }
				  tokens:
				    for-each: accounts
				    get: /api/serviceaccounts/{id}/tokens
				    columns: { account: '{id}', id: /id, name: /name, created: /created, used: /lastUsedAt,
				               expires: /expiration, expired: /hasExpired, revoked: /isRevoked }
				    optional: [revoked]
				usage: { recorded: full, granularity: 5m }
				""";
		String select = """
				SELECT t.id AS key_id, t.name, a.org AS project_id, a.id AS owner_id, a.name AS owner_name,
				       t.created::timestamptz AS created_at, t.used::timestamptz AS last_used_at,
				       CASE WHEN coalesce(t.revoked, 'false')::boolean THEN 'disabled'
				            WHEN t.expired::boolean THEN 'expired' ELSE 'active' END AS status
				  FROM tokens t LEFT JOIN accounts a ON a.id = t.account
				""";
		KeySource source = load(yaml, select, Map.of(), Map.of());
		assertThat(keys(source)).extracting((key) -> key.id().id() + " " + key.owner().name() + " " + key.status())
			.containsExactly("70 ci ACTIVE");
		assertThat(source.probe().place()).isEqualTo(source.place());
		revoked[0] = ",\"isRevoked\":true";
		assertThat(keys(source)).extracting(KeyRecord::status).containsExactly(KeyStatus.DISABLED);
		KeySource renamed = load(yaml.replace("/lastUsedAt", "/lastUsed"), select, Map.of(), Map.of());
		assertThat(catchThrowableOfType(Failure.class, () -> keys(renamed)).line())
			.contains("rows.tokens.columns.used: none of 1 row has /lastUsed");
	}

	private KeySource load(String yaml, String select, Map<String, String> files, Map<String, List<String>> parameters)
			throws IOException {
		Path config = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "http");
		Path folder = Files.createDirectories(config.resolve("sources/x"));
		Files.writeString(folder.resolve("source.yaml"), yaml);
		Files.writeString(folder.resolve("select.sql"), select);
		for (Map.Entry<String, String> file : files.entrySet()) {
			Files.writeString(folder.resolve(file.getKey()), file.getValue());
		}
		return new SourceRegistry(
				List.of(new HttpKind(config, TestApi.landing(), new DefaultSslBundleRegistry(), Clock.systemUTC())),
				List.of(new SourceSettings("x", null, null, null, new SourceSettings.Http(this.server.url(),
						Map.of("X-Key", "s3cret"), null, null, null, null, null, null), parameters, null)))
			.all()
			.get(0);
	}

	private static List<KeyRecord> keys(KeySource source) {
		try (KeySnapshot snapshot = source.open(Set.of())) {
			return snapshot.next(1000);
		}
	}

}
