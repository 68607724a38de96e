package io.keysteward.source.http;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.text.Failure;
import io.keysteward.text.NearestWord;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a source's settings give to its definition.
 *
 * @param property their property, such as {@code keysteward.sources[0].parameters}
 * @param values the values by their names
 */
record Parameters(String property, Map<String, List<String>> values) {

	static Parameters of(String property, @Nullable Map<String, List<String>> values) {
		return new Parameters(property, (values != null) ? new TreeMap<>(values) : Map.of());
	}

	/**
	 * {@return the single value of a parameter; null: there is no such parameter}
	 */
	@Nullable String single(String name) {
		List<String> all = this.values.get(name);
		if (all == null) {
			return null;
		}
		if (all.size() != 1) {
			throw Failure.configuration(this.property + "." + name + ": has " + all.size() + " values, but the"
					+ " definition takes one; write one, or use for-each in the definition");
		}
		return all.get(0);
	}

	/**
	 * {@return all values of a parameter, at least one}
	 * @param where the place in the definition that needs them
	 */
	List<String> list(String name, String where) {
		List<String> all = this.values.get(name);
		if (all == null || all.isEmpty()) {
			throw Failure.configuration(
					this.property + "." + name + ": is required by " + where + "; write the list of its values");
		}
		if (new HashSet<>(all).size() < all.size()) {
			throw Failure.configuration(this.property + "." + name + ": has an entry twice, so its keys would come"
					+ " twice; remove one of the two");
		}
		return all;
	}

	/** Refuses parameters that the definition does not use. */
	void requireOnly(Set<String> used) {
		for (Map.Entry<String, List<String>> parameter : this.values.entrySet()) {
			String name = parameter.getKey();
			if (!used.contains(name)) {
				throw Failure.configuration(this.property + "." + name + ": the definition does not use it; "
						+ (used.isEmpty() ? "it takes no parameters"
								: NearestWord.to(name, used)
									.map((near) -> "did you mean '" + near + "'?")
									.orElse("it uses " + String.join(", ", used))));
			}
			if (parameter.getValue().stream().anyMatch(String::isBlank)) {
				throw Failure.configuration(this.property + "." + name + ": is empty; write a value");
			}
		}
	}

	@Override
	public String toString() {
		return "parameters " + String.join(", ", this.values.keySet());
	}

}
