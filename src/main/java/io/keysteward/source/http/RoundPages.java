package io.keysteward.source.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.keysteward.http.Answer;
import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The rows of one round of a list, page by page. A list that may be incomplete is a
 * fault, since missing keys would count as gone.
 */
final class RoundPages {

	private final HttpList list;

	private final ApiClient client;

	private final URI start;

	private final Map<String, String> headers;

	private final Deadline deadline;

	private final Consumer<Answer> onAnswer;

	private final Set<URI> asked = new HashSet<>();

	private final Set<String> digests = new HashSet<>();

	private @Nullable URI next;

	private @Nullable AnswerRows rows;

	private @Nullable Answer answer;

	private MessageDigest digest = Sha256.digest();

	private long rowsOnPage;

	private @Nullable Page last;

	/** The total, from the last page that has one. */
	private @Nullable JsonNode total;

	/**
	 * Starts to read a round.
	 * @param start the list's address in this round
	 * @param headers the headers in this round
	 * @param deadline the deadline of the whole list
	 * @param onAnswer gets each answer
	 */
	RoundPages(HttpList list, ApiClient client, URI start, Map<String, String> headers, Deadline deadline,
			Consumer<Answer> onAnswer) {
		this.list = list;
		this.client = client;
		this.start = start;
		this.headers = headers;
		this.deadline = deadline;
		this.onAnswer = onAnswer;
		this.next = list.paging().first(start);
	}

	/**
	 * {@return the next row; null: the round has been read completely}
	 */
	@Nullable JsonNode next() {
		while (true) {
			if (this.rows == null) {
				if (this.next == null) {
					return null;
				}
				begin(this.next);
			}
			JsonNode row = row(Objects.requireNonNull(this.rows));
			if (row != null) {
				return row;
			}
			this.next = after(end());
		}
	}

	private void begin(URI uri) {
		if (!this.asked.add(uri)) {
			throw fault("continues with a page that was read before (" + pageName() + "), so the list would never"
					+ " end; correct page in the definition");
		}
		Answer page = this.client.get(call(uri), this.deadline);
		open(page);
	}

	private void open(Answer page) {
		this.onAnswer.accept(page);
		if (page.isForPeople()) {
			throw fault(
					"answers with HTML, not with JSON, perhaps a login page; correct http.url or the login of the source");
		}
		this.answer = page;
		this.digest = Sha256.digest();
		this.rowsOnPage = 0;
		this.rows = new AnswerRows(page, this.list.at(), this.list.facts());
	}

	private @Nullable JsonNode row(AnswerRows from) {
		try {
			JsonNode row = from.next();
			if (row != null) {
				this.rowsOnPage++;
				this.digest.update(row.toString().getBytes(StandardCharsets.UTF_8));
			}
			return row;
		}
		catch (JacksonException ex) {
			throw JsonFault.failure(ex, this.client, call(this.start), pageName());
		}
	}

	/** Checks the page when it has been read completely. */
	private Page end() {
		AnswerRows read = Objects.requireNonNull(this.rows);
		Answer from = Objects.requireNonNull(this.answer);
		read.close();
		this.rows = null;
		long before = (this.last != null) ? this.last.rowsSoFar() : 0;
		Page page = new Page(index(), this.rowsOnPage, before + this.rowsOnPage, read.facts(), from.headers("Link"),
				from.uri());
		requireWhatIsRequired(page);
		JsonNode reported = (this.list.total() != null) ? page.fact(this.list.total()) : null;
		this.total = (reported != null) ? reported : this.total;
		if (!read.isFound()) {
			throw fault(pageName() + " has no list at '" + this.list.at() + "'");
		}
		if (page.rows() > 0 && !this.digests.add(Sha256.hex(this.digest))) {
			throw fault(pageName() + " is the same as one before it: the system does not turn pages as the definition"
					+ " says");
		}
		requireSize(page);
		this.last = page;
		return page;
	}

	private void requireWhatIsRequired(Page page) {
		String lacking = this.list.lacking(page::fact);
		if (lacking != null) {
			throw fault(pageName() + " " + lacking + ", although the status is "
					+ Objects.requireNonNull(this.answer).status());
		}
	}

	private void requireSize(Page page) {
		int size = this.list.paging().size();
		if (size > 0 && page.rows() > size) {
			throw fault(pageName() + " has " + Plural.of(page.rows(), "row") + " where " + size
					+ " were asked for: the system ignores the parameter size; correct it in the definition");
		}
		if (this.last != null && isShort(this.last) && page.rows() > 0) {
			throw shortened(this.last);
		}
	}

	private boolean isShort(Page page) {
		return !(this.list.paging() instanceof ByCursor) && page.rows() < this.list.paging().size();
	}

	private Failure shortened(Page page) {
		return fault(page.shown() + " has " + Plural.of(page.rows(), "row") + " where " + this.list.paging().size()
				+ " were requested, although more follow: the system returns smaller pages, and keys could be"
				+ " missing; write page.of: " + page.rows());
	}

	private @Nullable URI after(Page page) {
		URI following = this.list.paging().after(this.start, page, this.client, call(this.start));
		boolean ends = following == null || (this.list.paging().endsShort() && isShort(page));
		if (!ends) {
			return following;
		}
		if (following != null && !isTotal(page)) {
			requireNothing(following, page);
		}
		requireTotal(page);
		return null;
	}

	private boolean isTotal(Page page) {
		return this.total != null && String.valueOf(page.rowsSoFar()).equals(Json.text(this.total));
	}

	/** Checks that nothing new comes after a short page, which then is the last one. */
	private void requireNothing(URI following, Page page) {
		Answer more = this.client.find(call(following), this.deadline);
		if (more == null) {
			return;
		}
		open(more);
		AnswerRows read = Objects.requireNonNull(this.rows);
		while (row(read) != null) {
			continue;
		}
		read.close();
		this.rows = null;
		if (this.rowsOnPage > 0 && !this.digests.contains(Sha256.hex(this.digest))) {
			throw shortened(page);
		}
	}

	private void requireTotal(Page page) {
		JsonPointer at = this.list.total();
		if (at == null) {
			return;
		}
		JsonNode number = this.total;
		if (number == null || !number.isIntegralNumber()) {
			throw fault(page.shown() + " has no number at " + at + ", where the total should be; correct total in"
					+ " the definition");
		}
		if (number.asLong(0) != page.rowsSoFar()) {
			throw Failure.retry(
					this.client.line(call(this.start),
							"reports " + number.asLong(0) + " rows, but returned " + page.rowsSoFar()
									+ ": keys may have been created or removed in the meantime; start the run again"),
					null);
		}
	}

	private int index() {
		return (this.last != null) ? this.last.index() + 1 : 0;
	}

	private String pageName() {
		return "page " + (index() + 1);
	}

	private Call call(URI uri) {
		return Call.get(uri, this.headers, this.list.get().text());
	}

	private Failure fault(String what) {
		return Failure.configuration(this.client.line(call(this.start), "is not read: " + what));
	}

	void close() {
		if (this.rows != null) {
			this.rows.close();
		}
	}

}
