package io.keysteward.source.http;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.keysteward.http.Answer;
import io.keysteward.source.landing.LandedRows;
import io.keysteward.source.landing.RowFeed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a list, round by round.
 */
final class ListFeed implements RowFeed {

	/** The time limit of a whole list, in time limits of an answer. */
	static final int ANSWERS = 12;

	private final HttpList list;

	private final ApiClient client;

	private final Parameters parameters;

	private final Consumer<Answer> onAnswer;

	private final Deadline deadline;

	private final Iterator<Map<String, @Nullable String>> rounds;

	private Map<String, @Nullable String> round = Map.of();

	private @Nullable RoundPages pages;

	ListFeed(HttpList list, ApiClient client, Parameters parameters, LandedRows landed, Consumer<Answer> onAnswer) {
		this.list = list;
		this.client = client;
		this.parameters = parameters;
		this.onAnswer = onAnswer;
		this.deadline = Deadline.in(client.timeout().multipliedBy(ANSWERS));
		this.rounds = list.rounds().values(landed).iterator();
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		while (true) {
			if (this.pages == null) {
				if (!this.rounds.hasNext()) {
					return null;
				}
				this.round = this.rounds.next();
				this.pages = begin();
			}
			JsonNode row = this.pages.next();
			if (row != null) {
				return RowCells.values(this.list, row, this::value);
			}
			this.pages = null;
		}
	}

	private RoundPages begin() {
		return new RoundPages(this.list, this.client, this.client.address().below(this.list.get().path(this::value)),
				this.list.headers(this::value), this.deadline, this.onAnswer);
	}

	private @Nullable String value(String name) {
		return this.round.containsKey(name) ? this.round.get(name) : this.parameters.single(name);
	}

	@Override
	public void close() {
		if (this.pages != null) {
			this.pages.close();
			this.pages = null;
		}
	}

}
