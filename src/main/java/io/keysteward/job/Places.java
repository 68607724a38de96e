package io.keysteward.job;

import java.util.LinkedHashMap;
import java.util.Map;

import io.keysteward.run.Run;
import io.keysteward.source.Place;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Where the sources of a run are: as each of them says, else as it was recorded last.
 */
public final class Places {

	private final Map<String, String> recorded = new LinkedHashMap<>();

	private final Map<String, Place> asked = new LinkedHashMap<>();

	/**
	 * Notes where a run has read its sources; the last one that is noted counts.
	 */
	void record(Run run) {
		run.policy().sources().forEach((source) -> {
			if (source.place() != null) {
				this.recorded.put(source.id(), source.place());
			}
		});
	}

	/**
	 * Notes where a source says it is.
	 * @throws Failure where another one shows the same keys: what is exempt under one id
	 * would be disabled under the other
	 */
	public void ask(String source, Place place) {
		this.asked.forEach((other, taken) -> {
			if (taken.keys().equals(place.keys())) {
				throw Failure.configuration("keysteward.sources: '" + source + "' shows the same keys as '" + other
						+ "' (" + place.text() + "), so each would be there twice, and exempt only once; take one of"
						+ " the two out. Where their roles see different rows of the same tables, row-security: true"
						+ " in source.yaml says so");
			}
		});
		this.asked.put(source, place);
	}

	/**
	 * {@return where the source was when it was recorded, if that is another place than
	 * where it is; null: it has not moved as far as is known}
	 */
	@Nullable String movedFrom(String source) {
		String before = this.recorded.get(source);
		Place now = this.asked.get(source);
		return (before != null && now != null && !before.equals(now.text())) ? before : null;
	}

	/**
	 * {@return where the source is; null: nobody has been able to ask it yet}
	 */
	@Nullable String find(String source) {
		Place now = this.asked.get(source);
		return (now != null) ? now.text() : this.recorded.get(source);
	}

}
