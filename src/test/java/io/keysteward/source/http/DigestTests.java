package io.keysteward.source.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.http.Answer;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.http.ScriptedServer.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Digest by RFC 7616, and the variants of real servers.
 */
class DigestTests {

	private static final String KEYS = "keys: { get: '/keys?a=b c', columns: { id: /id } }".replace("b c", "b%20c");

	private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";

	private static final String OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.json("[]"));

	private final TestLists lists = new TestLists(this.server.url())
		.authentication(new ChallengedLogin("Mufasa", "Circle of Life"));

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** RFC 7616, 3.9.1. */
	@ParameterizedTest
	@CsvSource({ "MD5, 8ca523f5e9506fed4657c9700eebdbec",
			"SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" })
	void theVectorsOfTheStandard(String algorithm, String response) {
		DigestChallenge challenge = digest("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm="
				+ algorithm + ", nonce=\"" + NONCE + "\", opaque=\"" + OPAQUE + "\"");
		assertThat(Objects.requireNonNull(challenge)
			.answer("Mufasa", "Circle of Life", "GET", "/dir/index.html",
					"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
			.isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", nonce=\""
					+ NONCE + "\", response=\"" + response + "\", algorithm=" + algorithm
					+ ", cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", nc=00000001, qop=auth, opaque=\""
					+ OPAQUE + "\"");
	}

	/** RFC 2069 as corrected by its errata: no qop, no algorithm. */
	@Test
	void aServerOfOldHasNoQop() {
		DigestChallenge challenge = digest("Digest realm=\"testrealm@host.com\","
				+ " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
		assertThat(
				Objects.requireNonNull(challenge).answer("Mufasa", "CircleOfLife", "GET", "/dir/index.html", "unused"))
			.contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
			.doesNotContain("cnonce", "qop", "algorithm");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Digest realm="r", nonce="n", algorithm=SHA-512-256
			Digest realm="r", nonce="n", qop="auth-int"
			Digest realm="r"
			Bearer realm="r", nonce="n"
			Negotiate
			""")
	void anUnsupportedChallengeIsNotTried(String header) {
		assertThat(digest(header)).isNull();
		this.server.answering((request) -> Reply.of(401, "").with("WWW-Authenticate", header));
		assertThat(this.lists.failure(KEYS)).contains("refuses the login (401)");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void theStrongestOfSeveralIsTaken() {
		List<Challenge> challenges = challenges("Negotiate, Basic realm=\"a, b=\\\"c\\\"\", Digest realm=r,"
				+ " nonce=\"one==\", algorithm=MD5,Digest nonce=two==,algorithm=SHA-256");
		assertThat(challenges).extracting(Challenge::scheme).containsExactly("negotiate", "basic", "digest", "digest");
		assertThat(challenges.get(1).parameter("realm")).isEqualTo("a, b=\"c\"");
		assertThat(challenges.get(2).parameter("nonce")).isEqualTo("one==");
		assertThat(challenges.get(3).parameters()).containsOnly(Map.entry("nonce", "two=="),
				Map.entry("algorithm", "SHA-256"));
		this.server.answering((request) -> request.headers().containsKey("Authorization") ? Reply.json("[{\"id\":1}]")
				: Reply.of(401, "")
					.with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"a\", algorithm=MD5, qop=\"auth\", Digest"
							+ " realm=\"r\", nonce=\"b\", algorithm=SHA-256, qop=\"auth\""));
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(this.server.requests().get(1).headers().get("Authorization")).contains("nonce=\"b\"",
				"algorithm=SHA-256", "uri=\"/keys?a=b%20c\"");
	}

	@Test
	void aNonceServesManyRequestsUntilItIsStale() {
		this.server.answering(this::letIn);
		for (int i = 0; i < 3; i++) {
			assertThat(this.lists.rows(KEYS)).hasSize(1);
		}
		assertThat(this.server.requests()).hasSize(4);
		assertThat(this.server.requests()).last()
			.satisfies((request) -> assertThat(request.headers().get("Authorization")).contains("nc=00000003"));
		this.nonce = "another";
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(this.server.requests()).hasSize(6);
	}

	@Test
	void aWrongPasswordIsTriedOnce() {
		this.lists.authentication(new ChallengedLogin("Mufasa", "wrong"));
		this.server.answering(this::letIn);
		assertThat(this.lists.failure(KEYS)).contains("refuses the login (401)").doesNotContain("wrong");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void whereOnlyBasicIsOfferedItIsBasic() {
		this.server
			.answering((request) -> "Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl".equals(request.headers().get("Authorization"))
					? Reply.json("[{\"id\":1}]") : Reply.of(401, "").with("WWW-Authenticate", "Basic realm=\"x\""));
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(this.lists.rows(KEYS)).hasSize(1);
		assertThat(this.server.requests()).hasSize(3);
		this.server.answering((request) -> Reply.of(401, "").with("WWW-Authenticate", "Basic realm=\"x\""));
		assertThat(this.lists.failure(KEYS)).contains("refuses the login (401)");
	}

	@Test
	void anotherAlphabetAndAHiddenUser() {
		DigestChallenge hidden = digest("Digest realm=\"api@example.org\", nonce=\"n\", userhash=true, qop=\"auth\"");
		assertThat(Objects.requireNonNull(hidden).answer("Jäsøn", "p", "GET", "/", "c")).contains("userhash=true")
			.doesNotContain("J");
		DigestChallenge shown = digest("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
		assertThat(Objects.requireNonNull(shown).answer("Jäsøn", "p", "GET", "/", "c"))
			.startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n, ");
		assertThat(Objects.requireNonNull(shown).answer("a\"b", "p", "GET", "/", "c"))
			.startsWith("Digest username=\"a\\\"b\", ");
	}

	private String nonce = "first";

	private Reply letIn(Request request) {
		String authorization = request.headers().getOrDefault("Authorization", "");
		DigestChallenge expected = digest("Digest realm=\"r\", qop=\"auth\", nonce=\"" + this.nonce + "\"");
		for (int used = 1; used <= 8; used++) {
			String answer = Objects.requireNonNull(expected)
				.answer("Mufasa", "Circle of Life", request.method(), request.target(),
						part(authorization, "cnonce=\"([^\"]*)\""));
			if (part(answer, "response=\"([^\"]*)\"").equals(part(authorization, "response=\"([^\"]*)\""))
					&& authorization.contains("nc=0000000" + used)) {
				return Reply.json("[{\"id\":1}]");
			}
		}
		return Reply.of(401, "")
			.with("WWW-Authenticate", "Digest realm=\"r\", qop=\"auth\", nonce=\"" + this.nonce + "\"");
	}

	private static String part(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		return matcher.find() ? matcher.group(1) : "-";
	}

	private static @Nullable DigestChallenge digest(String header) {
		return DigestChallenge.of(challenges(header).get(0));
	}

	private static List<Challenge> challenges(String header) {
		return Challenge.all(new Answer(URI.create("http://localhost"), 401,
				HttpHeaders.of(Map.of("WWW-Authenticate", List.of(header)), (name, value) -> true), List.of()));
	}

}
