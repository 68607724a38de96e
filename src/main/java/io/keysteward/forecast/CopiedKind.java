package io.keysteward.forecast;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;

/**
 * A kind of source whose sources are copies of the real ones.
 */
final class CopiedKind implements SourceKind {

	private final SourceKind real;

	private final CopiedKeys keys;

	private final Map<String, String> places;

	private final Clock clock;

	CopiedKind(SourceKind real, CopiedKeys keys, Map<String, String> places, Clock clock) {
		this.real = real;
		this.keys = keys;
		this.places = places;
		this.clock = clock;
	}

	@Override
	public String setting() {
		return this.real.setting();
	}

	@Override
	public boolean isMeantBy(SourceSettings settings) {
		return this.real.isMeantBy(settings);
	}

	@Override
	public KeySource load(String id, SourceSettings settings, String property) {
		return new CopiedSource(this.real.load(id, settings, property), this.keys, this.places.get(id), this.clock);
	}

	@Override
	public List<String> address(SourceSettings settings) {
		return this.real.address(settings);
	}

}
