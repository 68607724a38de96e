package io.keysteward.source.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.keysteward.http.Answer;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The single row of a key; no row if the system no longer has it.
 */
final class OneFeed implements RowFeed {

	private final HttpList list;

	private final ApiClient client;

	private final Parameters parameters;

	private final Map<String, @Nullable String> values;

	private final Consumer<Answer> onAnswer;

	private boolean read;

	OneFeed(HttpList list, ApiClient client, Parameters parameters, Map<String, @Nullable String> values,
			Consumer<Answer> onAnswer) {
		this.list = list;
		this.client = client;
		this.parameters = parameters;
		this.values = values;
		this.onAnswer = onAnswer;
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		if (this.read) {
			return null;
		}
		this.read = true;
		Call call = call();
		Answer answer = this.client.find(call, Deadline.in(this.client.timeout()));
		if (answer == null) {
			return null;
		}
		this.onAnswer.accept(answer);
		return RowCells.values(this.list, row(call, answer), this::value);
	}

	private Call call() {
		Template one = Objects.requireNonNull(this.list.one());
		return Call.get(this.client.address().below(one.path(this::value)), this.list.headers(this::value), one.text());
	}

	private @Nullable String value(String name) {
		return this.values.containsKey(name) ? this.values.get(name) : this.parameters.single(name);
	}

	/** Finds the row at the list's place, or takes the whole answer. */
	private JsonNode row(Call call, Answer answer) {
		if (answer.isForPeople()) {
			throw Failure.configuration(this.client.line(call,
					"answers with HTML, not with JSON; correct http.url or the login of the source"));
		}
		JsonNode whole = read(call, answer);
		String lacking = this.list.lacking((pointer) -> whole.at(pointer).isMissingNode() ? null : whole.at(pointer));
		if (lacking != null) {
			throw Failure.configuration(this.client.line(call, lacking));
		}
		JsonNode there = whole.at(this.list.at());
		JsonNode row = (there.isArray() && there.size() == 1) ? there.get(0) : there.isMissingNode() ? whole : there;
		if (!row.isObject()) {
			throw Failure.configuration(
					this.client.line(call, "does not answer with one object; correct one in the definition"));
		}
		return row;
	}

	private JsonNode read(Call call, Answer answer) {
		try {
			return Json.of(answer);
		}
		catch (JacksonException ex) {
			throw JsonFault.failure(ex, this.client, call, "the answer");
		}
	}

	@Override
	public void close() {
	}

}
