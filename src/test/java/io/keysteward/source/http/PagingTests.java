package io.keysteward.source.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.source.http.ScriptedServer.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A list is read completely with each kind of paging, or not at all.
 */
class PagingTests {

	private static final List<String> SEVEN = IntStream.range(0, 7).mapToObj(String::valueOf).toList();

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.of(500, ""));

	private final TestLists lists = new TestLists(this.server.url() + "/api");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void oneAnswerIsAList() {
		this.server.answering((request) -> Reply.json(array(0, 7)));
		assertThat(ids("keys: { get: /keys, columns: { id: /id } }")).isEqualTo(SEVEN);
		assertThat(this.server.asked()).containsExactly("/api/keys");
		assertThat(this.server.requests().get(0).headers()).containsEntry("X-Key", "s3cret")
			.containsEntry("Accept", "application/json");
	}

	@ParameterizedTest
	@CsvSource({ "3, 4", "7, 2", "10, 2", "1, 8" })
	void pagesAreNumberedUntilOneIsEmpty(int size, int requests) {
		this.server.answering(pages("page", "size", 1, size));
		assertThat(ids("keys: { get: '/keys?a=b', page: { number: page, from: 1, size: size, of: " + size
				+ " }, columns: { id: /id } }"))
			.isEqualTo(SEVEN);
		assertThat(this.server.requests()).hasSize(requests);
		assertThat(this.server.asked().get(0)).isEqualTo("/api/keys?a=b&page=1&size=" + size);
	}

	@Test
	void aRelationIsTheSameInCapitals() {
		this.server.answering((request) -> {
			int page = request.number("page", 1);
			Reply reply = Reply.json(array((page - 1) * 3, 7, 3));
			return (page == 3) ? reply : reply.with("Link", "</api/keys?page=" + (page + 1) + ">; rel=\"Next\"");
		});
		assertThat(ids("keys: { get: /keys, page: { link: next }, columns: { id: /id } }")).isEqualTo(SEVEN);
	}

	/** Else the list would end with its first page, and the other keys would be gone. */
	@ParameterizedTest
	@ValueSource(strings = { "next: /next", "cursor: after, next: /next" })
	void whatGoesOnAsAnObjectIsNotTheEnd(String page) {
		this.server.answering((request) -> !request.parameter("after", "").isEmpty() ? Reply.of(400, "{}")
				: Reply.json("{\"next\": {\"href\": \"/api/keys?page=2\"}, \"data\": " + array(0, 3) + "}"));
		assertThat(this.lists.failure("keys: { get: /keys, at: /data, page: { " + page + " }, columns: { id: /id } }"))
			.startsWith("CONFIGURATION");
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 7, 10 })
	void pagesAreNumberedUntilOneIsShortAndNothingComesAfterIt(int size) {
		this.server.answering(pages("page", "size", 0, size));
		assertThat(ids("keys: { get: /keys, page: { number: page, from: 0, size: size, of: " + size
				+ ", until: short }, columns: { id: /id } }"))
			.isEqualTo(SEVEN);
	}

	/** After the last page, some systems answer 404, and some repeat the last page. */
	@ParameterizedTest
	@ValueSource(strings = { "404", "again" })
	void afterAShortPageAnAnswerMayBeRefusedOrRepeated(String beyond) {
		this.server.answering((request) -> {
			int page = request.number("page", 1);
			return (page > 3 && beyond.equals("404")) ? Reply.of(404, "{}")
					: Reply.json(array((Math.min(page, 3) - 1) * 3, 7, 3));
		});
		assertThat(ids(
				"keys: { get: /keys, page: { number: page, size: size, of: 3, until: short }, columns: { id: /id } }"))
			.isEqualTo(SEVEN);
	}

	@Test
	void rowsAreCountedForAnOffset() {
		this.server.answering((request) -> Reply
			.json("{\"data\": " + array(request.number("offset", 0), 7, request.number("limit", 9)) + "}"));
		assertThat(ids(
				"keys: { get: /keys, at: /data, page: { offset: offset, size: limit, of: 3 }, columns: { id: /id } }"))
			.isEqualTo(SEVEN);
		assertThat(this.server.asked()).containsExactly("/api/keys?offset=0&limit=3", "/api/keys?offset=3&limit=3",
				"/api/keys?offset=6&limit=3", "/api/keys?offset=7&limit=3");
	}

	@Test
	void aCursorLeadsFromPageToPage() {
		this.server.answering((request) -> {
			int from = request.number("after", -1) + 1;
			return Reply.json("{\"data\":%s,\"has_more\":%s,\"last_id\":%s}".formatted(array(from, 7, 3), from + 3 < 7,
					(from + 3 < 7) ? "\"" + (from + 2) + "\"" : "\"6\""));
		});
		assertThat(ids("keys: { get: /keys, at: /data, page: { cursor: after, next: /last_id, while: /has_more },"
				+ " columns: { id: /id } }"))
			.isEqualTo(SEVEN);
		assertThat(this.server.asked()).containsExactly("/api/keys", "/api/keys?after=2", "/api/keys?after=5");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"" })
	void aCursorThatIsNullOrEmptyIsTheEnd(String none) {
		this.server.answering((request) -> {
			int from = request.number("cursor", 0);
			return Reply
				.json("{\"next\":%s,\"data\":%s}".formatted((from + 3 < 7) ? from + 3 : none, array(from, 7, 3)));
		});
		assertThat(ids("keys: { get: /keys, at: /data, page: { cursor: cursor, next: /next, size: limit, of: 3 },"
				+ " columns: { id: /id } }"))
			.isEqualTo(SEVEN);
	}

	@Test
	void aHeaderLinksToTheNextPage() {
		this.server.answering((request) -> {
			int page = request.number("page", 1);
			Reply reply = Reply.json(array((page - 1) * 3, 7, 3));
			String last = "<" + this.server.url() + "/api/keys?page=3>; rel=\"last\"";
			return (page < 3)
					? reply.with("Link",
							last + ", <" + this.server.url() + "/api/keys?page=" + (page + 1) + ">; rel=\"next\"")
					: reply.with("Link", last);
		});
		assertThat(ids("keys: { get: /keys, page: { link: next }, columns: { id: /id } }")).isEqualTo(SEVEN);
	}

	@Test
	void aBodyHasTheAddressOfTheNextPage() {
		this.server.answering((request) -> {
			int page = request.number("page", 1);
			return Reply.json("{\"links\":{\"next\":%s},\"list\":%s}"
				.formatted((page < 3) ? "\"/api/keys?page=" + (page + 1) + "\"" : "null", array((page - 1) * 3, 7, 3)));
		});
		assertThat(ids("keys: { get: /keys, at: /list, page: { next: /links/next }, columns: { id: /id } }"))
			.isEqualTo(SEVEN);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			http://localhost:1/api/keys?page=2
			http://example.org/api/keys?page=2
			https://localhost/api/keys?page=2
			//example.org/api/keys
			http://user:pw@localhost/keys
			""")
	void theNextPageIsOnTheSameServer(String next) {
		this.server.answering((request) -> Reply.json(array(0, 1)).with("Link", "<" + next + ">; rel=next"));
		assertThat(this.lists.failure("keys: { get: /keys, page: { link: next }, columns: { id: /id } }"))
			.isEqualTo("CONFIGURATION source 'api': GET /keys of " + this.server.url() + "/api"
					+ " leads to another server than " + this.server.url()
					+ ", which is refused, since it would get the login too; correct http.url of the source");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aPageThatIsRepeatedForEverIsAFault() {
		this.server.answering((request) -> Reply.json(array(0, 3)));
		assertThat(this.lists.failure("keys: { get: /keys, page: { number: page }, columns: { id: /id } }"))
			.isEqualTo("CONFIGURATION source 'api': GET /keys of " + this.server.url() + "/api"
					+ " is not read: page 2 is the same as one"
					+ " before it: the system does not turn pages as the definition says");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ cursor: after, next: /next }", "{ next: /url }", "{ link: next }" })
	void aCursorThatWasSeenBeforeIsAFault(String page) {
		int[] count = new int[1];
		this.server.answering((request) -> Reply
			.json("{\"next\":\"c%d\",\"url\":\"/api/keys?p=%d\",\"data\":%s}".formatted(count[0] % 2, count[0] % 2,
					array(count[0], ++count[0])))
			.with("Link", "</api/keys?p=" + (count[0] % 2) + ">; rel=\"next\""));
		assertThat(this.lists.failure("keys: { get: /keys, at: /data, page: " + page + ", columns: { id: /id } }"))
			.contains("is not read: continues with a page that was read before (page 4), so the list would never end;"
					+ " correct page in the definition");
	}

	@Test
	void aSizeThatIsSilentlyCutIsAFault() {
		this.server.answering((request) -> Reply.json(array((request.number("pageNumber", 1) - 1) * 2, 7, 2)));
		for (String until : List.of("empty", "short")) {
			assertThat(
					this.lists.failure("keys: { get: /keys, page: { number: pageNumber, from: 1, size: pageSize, of: 3,"
							+ " until: " + until + " }, columns: { id: /id } }"))
				.endsWith("page 1 has 2 rows where 3 were requested, although more follow: the system returns smaller"
						+ " pages, and keys could be missing; write page.of: 2");
		}
	}

	@Test
	void aPageThatIsLargerThanAskedForIsAFault() {
		this.server.answering((request) -> Reply.json(array(0, 7)));
		assertThat(this.lists
			.failure("keys: { get: /keys, page: { number: page, size: n, of: 3 }, columns: { id: /id } }"))
			.endsWith("page 1 has 7 rows where 3 were asked for: the system ignores the parameter size; correct it in"
					+ " the definition");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					7      | none
					8      | RETRY source 'api': GET /keys of URL reports 8 rows, but returned 7: keys may have been created or removed in the meantime; start the run again
					null   | CONFIGURATION source 'api': GET /keys of URL is not read: page 4 has no number at /total, where the total should be; correct total in the definition
					"7"    | CONFIGURATION source 'api': GET /keys of URL is not read: page 4 has no number at /total, where the total should be; correct total in the definition
					""")
	void aTotalMustFit(String total, String failure) {
		this.server.answering((request) -> Reply
			.json("{\"total\":" + total + ",\"data\":" + array((request.number("page", 1) - 1) * 3, 7, 3) + "}"));
		assertThat(this.lists
			.failure("keys: { get: /keys, at: /data, total: /total, page: { number: page, size: n, of: 3 },"
					+ " columns: { id: /id } }"))
			.isEqualTo(failure.replace("URL", this.server.url() + "/api"));
	}

	@Test
	void aCursorThatIsPromisedAndMissingIsAFault() {
		this.server.answering((request) -> Reply.json("{\"data\":[{\"id\":1}],\"more\":true}"));
		assertThat(this.lists.failure("keys: { get: /keys, at: /data, page: { cursor: c, next: /next, while: /more },"
				+ " columns: { id: /id } }"))
			.endsWith("page 1 says at /more that more follows, but has no cursor at /next");
		this.server.answering((request) -> Reply.json("{\"data\":[{\"id\":1}]}"));
		assertThat(this.lists.failure("keys: { get: /keys, at: /data, page: { cursor: c, next: /next, while: /more },"
				+ " columns: { id: /id } }"))
			.endsWith("page 1 does not say at /more whether more follows; it must be true or false");
	}

	@Test
	void aListIsReadOnceForEachRowOfAnother() {
		this.server.answering((request) -> Reply.json(request.path().equals("/api/accounts")
				? "[{\"id\":\"a/1\"},{\"id\":\"ä\"}]" : "[{\"id\":\"" + request.path().length() + "\"}]"));
		assertThat(this.lists.rows("""
				accounts: { get: /accounts, columns: { id: /id } }
				keys:
				  for-each: accounts
				  get: /accounts/{id}/keys
				  columns: { account: '{id}', id: /id }
				""")).contains(List.of("a/1", "24"), List.of("ä", "25"));
		assertThat(this.server.asked()).containsExactly("/api/accounts", "/api/accounts/a%2F1/keys",
				"/api/accounts/%C3%A4/keys");
	}

	@Test
	void aListIsReadOnceForEachValueOfAParameter() {
		this.server
			.answering(
					(request) -> Reply
						.json("{\"success\":true,\"data\":{\"list\":"
								+ ((request.number("pageNumber", 1) > 1) ? "[]"
										: "[{\"id\":\"ak-" + request.headers().get("X-OB-Project-Id") + "\"}]")
								+ "}}"));
		this.lists.parameters(Map.of("org", List.of("o"), "projects", List.of("p1", "p2")));
		assertThat(this.lists.rows("""
				keys:
				  for-each: projects
				  get: /apikeys
				  headers: { X-OB-Org-Id: '{org}', X-OB-Project-Id: '{project}' }
				  page: { number: pageNumber, from: 1, size: pageSize, of: 100, until: empty }
				  at: /data/list
				  require: { /success: true }
				  columns: { id: /id, project: '{project}' }
				""")).containsExactly(List.of("ak-p1", "p1"), List.of("ak-p2", "p2"));
		assertThat(this.server.requests()).allMatch((request) -> "o".equals(request.headers().get("X-OB-Org-Id")));
	}

	@Test
	void theFirstAnswerSaysWhenTheListWasTrue() {
		this.server.answering((request) -> Reply.json("[]"));
		HttpSystem system = this.lists.system(TestLists.definition("keys: { get: /keys, columns: { id: /id } }"));
		try (var reading = system.open()) {
			assertThat(reading.snapshotAt()).isEqualTo(reading.sourceNow()).isNotEqualTo(TestLists.NOW);
		}
	}

	private List<String> ids(String rows) {
		return this.lists.rows(rows).stream().map((row) -> String.valueOf(row.get(0))).toList();
	}

	private static Function<Request, Reply> pages(String page, String size, int from, int rows) {
		return (request) -> Reply
			.json(array((request.number(page, from) - from) * rows, 7, request.number(size, rows)));
	}

	private static String array(int from, int all) {
		return array(from, all, all);
	}

	private static String array(int from, int all, int most) {
		return IntStream.range(from, Math.max(from, Math.min(all, from + most)))
			.mapToObj((id) -> "{\"id\": " + id + "}")
			.collect(Collectors.joining(",", "[", "]"));
	}

}
