package io.keysteward.source.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A request in a file: a value never changes its structure.
 */
class RequestFileTests {

	private static final Set<String> NAMES = Set.of("key_id", "run_id", "as_of", "secret", "list", "gone",
			"undo.expires");

	private static final String HOSTILE = "\"}, \"admin\": true, \"x\": \"\\\n\r /../?a=b&c=d#<>%{{secret}}ä🔑";

	private static final HttpAddress ADDRESS = HttpAddress.of("url", "https://example.org/api");

	@Test
	void aWholeRequest() {
		Call call = render("""
				# comment

				PUT /tokens/{{secret}}?by={{run_id}} HTTP/1.1
				content-type: application/json
				X-When: {{as_of}}

				{"expiresAt": "{{as_of}}", "was": "{{undo.expires | 9999-12-31T00:00:00.000Z}}",
				 "run": {{run_id}}, "list": {{list}}, "none": {{gone}}, "more": {{gone | [1]}}}
				""", "s");
		assertThat(call.method()).isEqualTo("PUT");
		assertThat(call.uri()).hasToString("https://example.org/api/tokens/s?by=7");
		assertThat(call.headers()).containsOnly(Map.entry("content-type", "application/json"),
				Map.entry("X-When", "2026-11-29T08:00:00Z"));
		assertThat(call.body()).isEqualTo("""
				{"expiresAt": "2026-11-29T08:00:00Z", "was": "9999-12-31T00:00:00.000Z",
				 "run": 7, "list": [{"a":"b"}], "none": null, "more": [1]}""");
		assertThat(call.shown()).isEqualTo("/tokens/{{secret}}?by={{run_id}}");
	}

	@Test
	void aHostileValueStaysAValue() {
		Call call = render("PATCH /k/{{secret}}/x\nContent-Type: application/json\n\n{\"a\\\"b\": \"c {{secret}} d\"}",
				HOSTILE);
		assertThat(call.uri().getRawPath()).startsWith("/api/k/%22%7D%2C%20").endsWith("/x").doesNotContain("..%2F/");
		assertThat(call.uri().getRawPath().substring("/api/k/".length()).split("/")).hasSize(2);
		assertThat(call.uri().getRawQuery()).isNull();
		assertThat(Json.MAPPER.readTree(String.valueOf(call.body())).properties()).hasSize(1);
		assertThat(Json.MAPPER.readTree(String.valueOf(call.body())).path("a\"b").stringValue())
			.isEqualTo("c " + HOSTILE + " d");
		Call form = render("POST /k\nContent-Type: application/x-www-form-urlencoded\n\nkey={{secret}}&block=1",
				HOSTILE);
		assertThat(String.valueOf(form.body())).endsWith("&block=1").doesNotContain("&c", "\n", "#", "+", " ");
		assertThat(String.valueOf(form.body()).split("&")).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".." })
	void aValueIsNoOtherPath(String value) {
		assertThat(failure(() -> render("DELETE /k/{{secret}}", value)))
			.endsWith("a value in the path is empty or only dots, which would be another path");
	}

	@Test
	void aValueIsNoOtherHeader() {
		assertThat(failure(() -> render("POST /k\nX-A: {{secret}}", "a\r\nHost: b")))
			.isEqualTo("CONFIGURATION x/disable.http: has a line break or another character that is not allowed in a"
					+ " header; write plain letters, digits and signs");
	}

	@Test
	void aValueThatIsNotJsonMustBeInQuotes() {
		assertThat(failure(() -> render("PUT /k\nContent-Type: application/json\n\n{\"a\": {{secret}}}", "s3cret")))
			.isEqualTo("CONFIGURATION x/disable.http: the value of {{secret}} is not JSON, and is outside of quotes;"
					+ " put it in quotes");
		assertThat(
				failure(() -> render("PUT /k\nContent-Type: application/json\n\n{\"a\": {{secret}}}", "1, \"b\": 2")))
			.contains("is not JSON");
		assertThat(failure(() -> render("PUT /k\nContent-Type: application/json\n\n{\"a\": \"{{gone}}\"}", "")))
			.isEqualTo(
					"CONFIGURATION x/disable.http: {{gone}} is null for this key; write a default: {{gone | default}}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                                     | holds no request; write one, such as: PUT /keys/{{id}}
					GET /keys                              | must begin with PUT, PATCH, POST or DELETE and a path below the source's url, such as: PUT /keys/{{id}}
					PUT https://example.org/keys           | must begin with PUT, PATCH, POST or DELETE and a path below the source's url, such as: PUT /keys/{{id}}
					PUT                                    | must begin with PUT, PATCH, POST or DELETE and a path below the source's url, such as: PUT /keys/{{id}}
					PUT /keys/{{secert}}                   | {{secert}} is not known; did you mean {{secret}}? known are: as_of, gone, key_id, list, run_id, secret, undo.expires
					PUT /keys/{{secret                     | has {{ without a name and }} after it; write {{name}}
					PUT /keys~{"a": 1}                     | '{"a"' is not a header's name; correct it
					PUT /keys~no header                    | has a line that is not a header (Name: value); write an empty line before the body
					PUT /keys~Authorization: Bearer x      | Authorization may not be set here; write a login under http in application.yaml
					PUT /keys~~{"a": "{{secret}}"}         | has names in a body that is neither JSON nor a form; write Content-Type: application/json, or application/x-www-form-urlencoded
					PUT /keys~Content-Type: application/json~~{"a": } | its body is not JSON; correct it
					PUT /keys~~a~###~PUT /b                | holds more than one request (###); write one
					""")
	void anInvalidRequestIsOneLine(String text, String failure) {
		assertThat(failure(() -> RequestFile.of("x/disable.http", text.replace('~', '\n'), NAMES)))
			.isIn("CONFIGURATION x/disable.http: " + failure);
	}

	private static Call render(String text, String secret) {
		Map<String, @Nullable String> row = new HashMap<>();
		row.put("secret", secret);
		row.put("list", "[{\"a\": \"b\"}]");
		row.put("gone", null);
		return RequestFile.of("x/disable.http", text, NAMES)
			.render(ADDRESS, new RequestValues("k", 7, Instant.parse("2026-11-29T08:00:00Z"), row, new HashMap<>()));
	}

	private static String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		return (failure != null) ? failure.kind() + " " + failure.line() : "none";
	}

}
