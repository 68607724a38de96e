package io.keysteward.source.http;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.keysteward.http.Answer;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.LandedRows;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import org.jspecify.annotations.Nullable;

/**
 * One reading of an API. Its time is that of its first answer.
 */
final class HttpReading implements LandedReading {

	private final HttpDefinition definition;

	private final ApiClient client;

	private final Parameters parameters;

	private final Map<String, @Nullable String> one;

	private @Nullable Instant first;

	/**
	 * Begins a reading.
	 * @param one the values in the path of a single row, by their names; empty: whole
	 * lists are read
	 */
	HttpReading(HttpDefinition definition, ApiClient client, Parameters parameters, Map<String, @Nullable String> one) {
		this.definition = definition;
		this.client = client;
		this.parameters = parameters;
		this.one = one;
	}

	/** Notes the first answer's time, by the server's clock if it has one. */
	void noteAnswer(Answer answer) {
		if (this.first == null) {
			this.first = Objects.requireNonNullElseGet(answer.date(), this.client::localTime);
		}
	}

	@Override
	public Instant snapshotAt() {
		return sourceNow();
	}

	@Override
	public Instant sourceNow() {
		if (this.first == null) {
			noteAnswer(new ReachabilityCheck(this.client).answer());
		}
		return Objects.requireNonNull(this.first);
	}

	@Override
	public RowFeed rows(Table table, LandedRows landed) {
		HttpList list = this.definition.list(table);
		return (this.one.isEmpty() || list.one() == null)
				? new ListFeed(list, this.client, this.parameters, landed, this::noteAnswer)
				: new OneFeed(list, this.client, this.parameters, this.one, this::noteAnswer);
	}

	@Override
	public boolean mayRepeatRows() {
		return true;
	}

	/** Nothing stays open between two answers. */
	@Override
	public void close() {
	}

}
