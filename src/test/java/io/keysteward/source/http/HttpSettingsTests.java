package io.keysteward.source.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.keysteward.http.HttpConnection;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Wrong settings and definitions are one line, without a secret.
 */
class HttpSettingsTests {

	private static final String PASSWORD = "p4ssw0rd";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					                                   | x.url: is required; write https://host/path
					``                                 | x.url: is required; write https://host/path
					http://example.org/api             | x.url 'http://example.org': would send the login unencrypted; write https:// (http:// is allowed for localhost only)
					http://localhost.example.org       | x.url 'http://localhost.example.org': would send the login unencrypted; write https:// (http:// is allowed for localhost only)
					https://u:p4ssw0rd@example.org     | x.url: holds a user or a password; write them as basic.username and basic.password, where they are kept secret
					https://example.org?key=p4ssw0rd   | x.url: has a query or a fragment (? or #); write the part before it here, and queries in source.yaml
					https://example.org/#p4ssw0rd      | x.url: has a query or a fragment (? or #); write the part before it here, and queries in source.yaml
					example.org/api                    | x.url '…': is not an address; write https://host/path
					ftp://example.org/p4ssw0rd         | x.url 'ftp://example.org': is not an address; write https://host/path
					https://exam ple/p4ssw0rd          | x.url 'https:…': is not an address; write https://host/path
					https:///p4ssw0rd                  | x.url 'https:…': is not an address; write https://host/path
					""")
	void anAddressThatIsNone(@Nullable String url, String failure) {
		assertThat(failure(() -> HttpAddress.of("x.url", url))).isEqualTo("CONFIGURATION " + failure)
			.doesNotContain(PASSWORD);
	}

	@ParameterizedTest
	@CsvSource({ "https://Example.org, https://example.org, https://example.org/keys",
			"https://example.org:443/api/, https://example.org/api, https://example.org/api/keys",
			"http://localhost:8080/a/b, http://localhost:8080/a/b, http://localhost:8080/a/b/keys",
			"http://[::1]:80, http://[::1], http://[::1]/keys",
			"http://127.0.0.1, http://127.0.0.1, http://127.0.0.1/keys" })
	void anAddressIsShownInOneWay(String url, String shown, String keys) {
		assertThat(HttpAddress.of("x.url", url)).hasToString(shown);
		assertThat(HttpAddress.of("x.url", url).below("/keys")).hasToString(keys);
	}

	@Test
	void aSourceLogsInInOneWay() {
		assertThat(login(http())).isEqualTo("CONFIGURATION x.http: has no login; write one of headers,"
				+ " bearer, basic, digest, oauth2 or token-command");
		assertThat(login(http("bearer", PASSWORD, "basic", login("u", PASSWORD))))
			.isEqualTo("CONFIGURATION x.http.bearer: is not allowed together with basic, since a source has one login;"
					+ " remove all but one");
		assertThat(login(http("digest", login("u", PASSWORD), "headers", Map.of("authorization", PASSWORD)))).isEqualTo(
				"CONFIGURATION x.http.digest: is not allowed together with headers.Authorization, since a source has"
						+ " one login; remove all but one");
		assertThat(login(http("bearer", PASSWORD, "headers", Map.of("X-Team", "t")))).isEqualTo("bearer");
		assertThat(login(http("headers", Map.of("X-A", PASSWORD, "X-B", PASSWORD)))).isEqualTo("headers X-A, X-B");
		assertThat(login(http("basic", login("u", PASSWORD)))).isEqualTo("basic u");
		assertThat(login(http("digest", login("u", PASSWORD)))).isEqualTo("digest u");
		assertThat(login(http("tokenCommand", List.of("/bin/t", PASSWORD)))).isEqualTo("token-command /bin/t");
	}

	@Test
	void aBoundOfRowsIsRefusedInsteadOfIgnored() {
		assertThat(failure(
				() -> TestApi.load(TestApi.yaml("", true).replace("reversible: true", "reversible: true, rows: 2"),
						TestApi.DISABLE, TestApi.RESTORE, http("bearer", PASSWORD))))
			.endsWith(
					"source.yaml: disable.rows is for PostgreSQL's tables only: here exactly one key is switched; take"
							+ " it out");
	}

	@Test
	void aLoginIsWhole() {
		assertThat(login(http("bearer", " "))).isEqualTo(
				"CONFIGURATION x.http.bearer: is required; write the token, best as ${VARIABLE} from the environment");
		assertThat(login(http("bearer", PASSWORD + "\nX: y")))
			.startsWith("CONFIGURATION x.http.bearer: has a line break");
		assertThat(login(http("basic", login(null, PASSWORD))))
			.startsWith("CONFIGURATION x.http.basic.username: is required");
		assertThat(login(http("basic", login("u:v", PASSWORD))))
			.startsWith("CONFIGURATION x.http.basic.username: has a colon");
		assertThat(login(http("digest", login("u", ""))))
			.startsWith("CONFIGURATION x.http.digest.password: is required");
		assertThat(login(http("tokenCommand", List.of()))).startsWith("CONFIGURATION x.http.token-command: is empty");
		assertThat(login(http("headers", Map.of("X A", PASSWORD))))
			.startsWith("CONFIGURATION x.http.headers: 'X A' is not a header's name; correct it");
		assertThat(login(http("headers", Map.of("Host", PASSWORD)))).startsWith("CONFIGURATION x.http.headers: Host");
		assertThat(login(http("headers", Map.of("X-A", PASSWORD + "\n")))).isEqualTo("headers X-A");
		assertThat(login(http("headers", Map.of("X-A", "")))).startsWith("CONFIGURATION x.http.headers.X-A: is empty");
		assertThat(login(http("oauth2", new SourceSettings.Oauth2("http://example.org/token", "c", PASSWORD, null))))
			.startsWith("CONFIGURATION x.http.oauth2.token-url 'http://example.org': would send the login unencrypted");
		assertThat(login(http("oauth2", new SourceSettings.Oauth2("https://example.org/token", "c", null, null))))
			.startsWith("CONFIGURATION x.http.oauth2.client-secret: is required");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{ columns: { id: /id } }                                           | .get: is required; write the list's path, which begins with a slash
					{ get: keys, columns: { id: /id } }                                | .get: is required; write the list's path, which begins with a slash
					{ get: /keys, format: csv, columns: { id: /id } }                  | : has format, which an HTTP source does not have; remove it
					{ get: /keys, columns: { id: id } }                                | .columns.id 'id': must be a JSON Pointer, which begins with a slash, or a text with {parameter}
					{ get: /keys, at: data, columns: { id: /id } }                     | .at 'data': is not a JSON Pointer; write one such as /data/list
					{ get: /keys, one: 'keys', columns: { id: /id } }                  | .one 'keys': must be a path that begins with a slash, such as /keys/{key_id}
					{ get: /keys, headers: { Authorization: x }, columns: { id: /id } }| .headers: Authorization may not be set here; write a login under http in application.yaml
					{ get: /keys, page: next, columns: { id: /id } }                   | .page: must define how pages follow each other; write one of { number, from, size, of, until }, { offset, size, of, until }, { cursor, next, while, size, of }, { link: next } or { next: /pointer }
					{ get: /keys, page: { numbr: x }, columns: { id: /id } }           | .page: does not define how pages follow each other; write one of { number, from, size, of, until }, { offset, size, of, until }, { cursor, next, while, size, of }, { link: next } or { next: /pointer }
					{ get: /keys, page: { number: p, while: /x }, columns: { id: /id } }| .page.while: is not allowed together with the others; allowed are: from, number, of, size, until
					{ get: /keys, page: { number: p, size: n }, columns: { id: /id } } | .page: size (the parameter) and of (how many rows) belong together; write both or none
					{ get: /keys, page: { number: p, size: n, of: 0 }, columns: { id: /id } } | .page.of '0' is not allowed; write 1 to 100000
					{ get: /keys, page: { number: p, until: short }, columns: { id: /id } } | .page.until: short needs size and of; write both
					{ get: /keys, page: { number: p, until: end }, columns: { id: /id } } | .page.until 'end' is not allowed; write empty or short
					{ get: /keys, page: { cursor: c }, columns: { id: /id } }          | .page.next: is required; write one of { number, from, size, of, until }, { offset, size, of, until }, { cursor, next, while, size, of }, { link: next } or { next: /pointer }
					{ get: /keys, require: { /x: [1] }, columns: { id: /id } }         | .require: /x must be a plain value, such as true
					""")
	void aDefinitionThatCannotBeRight(String table, String failure) {
		assertThat(definition("keys: " + table, Map.of())).startsWith("CONFIGURATION ")
			.endsWith(" FILE: rows.keys" + failure);
	}

	@Test
	void aParameterThatIsMissingOrUnknown() {
		String rows = "keys: { get: '/orgs/{org}/keys', for-each: projects, headers: { X-P: '{project}' }, columns:"
				+ " { id:" + " /id } }";
		assertThat(definition(rows, Map.of("org", List.of("o"))))
			.endsWith("parameters.projects: is required; FILE: rows.keys.for-each uses it in for-each, and no earlier"
					+ " table has that name");
		assertThat(definition(rows, Map.of("projects", List.of("p"))))
			.endsWith("parameters.org: is required; FILE: rows.keys.get uses {org}");
		assertThat(definition(rows, Map.of("projects", List.of("p"), "org", List.of("o", "p"))))
			.endsWith("parameters.org: has 2 values, but the definition takes one; write one, or use for-each in the"
					+ " definition");
		assertThat(definition(rows, Map.of("projects", List.of("p"), "org", List.of("o"), "prjects", List.of("p"))))
			.endsWith("parameters.prjects: the definition does not use it; did you mean 'projects'?");
		assertThat(definition(rows, Map.of("projects", List.of("p", "p"), "org", List.of("o"))))
			.endsWith("parameters.projects: has an entry twice, so its keys would come twice; remove one of the two");
		assertThat(definition(rows, Map.of("projects", List.of("p"), "org", List.of(""))))
			.endsWith("parameters.org: is empty; write a value");
		assertThat(definition(rows, Map.of("projects", List.of("p"), "org", List.of("o")))).isEqualTo("none");
		assertThat(definition("keys: { get: /keys, columns: { id: /id } }", Map.of("org", List.of("o"))))
			.endsWith("parameters.org: the definition does not use it; it takes no parameters");
	}

	@Test
	void aProbeThatCannotBeRight() {
		String rows = "keys: { get: /keys, columns: { id: /id } }\n!probe: ";
		for (String probe : List.of("SELECT true", "{ get: /user }", "{ get: /user, at: /a, is: [1] }",
				"{ get: /user, at: /a, is: 1, x: 2 }")) {
			assertThat(definition(rows + probe, Map.of()))
				.endsWith("FILE: probe: must be { get: /path, at: /pointer, is: value } for an HTTP source");
		}
		assertThat(definition(rows + "{ get: '/{org}', at: /a, is: 1 }", Map.of()))
			.endsWith("parameters.org: is required; FILE: probe.get uses {org}");
	}

	private static String definition(String rows, Map<String, List<String>> parameters) {
		return failure(
				() -> new TestLists("http://localhost").parameters(parameters).system(TestLists.definition(rows)))
			.replaceAll("\\S*/sources/api/source.yaml", "FILE");
	}

	private static String login(SourceSettings.Http http) {
		String[] who = new String[1];
		String failure = failure(() -> {
			Login login = new Login("x.http.", http, new HttpConnection(null));
			Authentication way = login.authentication();
			who[0] = way.identity();
			assertThat(way.toString() + way.identity() + way.fingerprint() + login.headers().keySet())
				.doesNotContain(PASSWORD);
			return way;
		});
		assertThat(failure).doesNotContain(PASSWORD);
		return failure.equals("none") ? who[0] : failure;
	}

	private static String failure(Supplier<?> action) {
		Failure failure = catchThrowableOfType(Failure.class, action::get);
		return (failure != null) ? failure.kind() + " " + failure.line() : "none";
	}

	private static SourceSettings.Login login(@Nullable String user, @Nullable String password) {
		return new SourceSettings.Login(user, password);
	}

	@SuppressWarnings("unchecked")
	private static SourceSettings.Http http(Object... settings) {
		List<Object> all = Arrays.asList(settings);
		Function<String, @Nullable Object> value = (name) -> all.contains(name) ? all.get(all.indexOf(name) + 1) : null;
		return new SourceSettings.Http("https://example.org", (Map<String, String>) value.apply("headers"),
				(String) value.apply("bearer"), (SourceSettings.Login) value.apply("basic"),
				(SourceSettings.Login) value.apply("digest"), (SourceSettings.Oauth2) value.apply("oauth2"),
				(List<String>) value.apply("tokenCommand"), null);
	}

}
