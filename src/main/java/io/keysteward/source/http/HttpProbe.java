package io.keysteward.source.http;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.http.Answer;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A value that an API must return before its lists are read, such as that the login may
 * see all keys.
 *
 * @param where its name in messages
 * @param get the path
 * @param at the place in the answer
 * @param is the required value, as text
 */
record HttpProbe(String where, Template get, JsonPointer at, @Nullable String is) {

	/**
	 * {@return the probe of a definition; null: it has none}
	 */
	static @Nullable HttpProbe of(String where, @Nullable JsonNode probe, Parameters parameters) {
		if (probe == null || probe.isNull()) {
			return null;
		}
		if (!probe.isObject() || !Set.copyOf(probe.propertyNames()).equals(Set.of("get", "at", "is"))
				|| !probe.path("get").isString() || !probe.path("at").isString() || probe.path("is").isContainer()) {
			throw Failure.configuration(where + ": must be { get: /path, at: /pointer, is: value } for an HTTP source");
		}
		Template get = new Template(where + ".get", probe.path("get").stringValue());
		if (!get.text().startsWith("/")) {
			throw Failure.configuration(where + ".get '" + get.text() + "': must begin with a slash");
		}
		for (String name : get.names()) {
			if (parameters.single(name) == null) {
				throw Failure.configuration(
						parameters.property() + "." + name + ": is required; " + get.where() + " uses {" + name + "}");
			}
		}
		return new HttpProbe(where, get, Json.pointer(where + ".at", probe.path("at").stringValue()),
				Json.text(probe.path("is")));
	}

	/**
	 * Sends the request, and fails if the value differs.
	 * @return the answer
	 */
	Answer require(ApiClient client, Parameters parameters) {
		Call call = call(client, parameters);
		Answer answer = client.get(call, Deadline.in(client.timeout()));
		if (answer.isForPeople()) {
			throw Failure.configuration(client.line(call,
					"answers with HTML, not with JSON, perhaps a login page; correct http.url or the login of the source"));
		}
		JsonNode value = read(client, call, answer);
		if (value.isMissingNode() || !Objects.equals(Json.text(value), this.is)) {
			throw Failure.configuration(this.where + ": " + this.get.text() + " of " + client.address()
					+ " does not have " + this.is + " at " + this.at + ": the login may not see all that the"
					+ " definition needs, or it is the wrong system; correct http.url or the login of the source");
		}
		return answer;
	}

	Call call(ApiClient client, Parameters parameters) {
		return Call.get(client.address().below(this.get.path(parameters::single)), Map.of(), this.get.text());
	}

	private JsonNode read(ApiClient client, Call call, Answer answer) {
		try {
			return Json.of(answer).at(this.at);
		}
		catch (JacksonException ex) {
			throw JsonFault.failure(ex, client, call, "the answer");
		}
	}

}
