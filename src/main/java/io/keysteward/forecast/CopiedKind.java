package io.keysteward.forecast;

import java.time.Clock;
import java.util.List;

import io.keysteward.run.PolicyDocument;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceKind;
import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;

/**
 * A kind of source whose sources are copies of the real ones.
 */
final class CopiedKind implements SourceKind {

	private final SourceKind real;

	private final CopiedKeys keys;

	private final PolicyDocument policy;

	private final Clock clock;

	CopiedKind(SourceKind real, CopiedKeys keys, PolicyDocument policy, Clock clock) {
		this.real = real;
		this.keys = keys;
		this.policy = policy;
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
		return new CopiedSource(this.real.load(id, settings, property), this.keys, place(id), this.clock);
	}

	private @Nullable String place(String id) {
		return this.policy.places(id).stream().findFirst().orElse(null);
	}

	@Override
	public List<String> address(SourceSettings settings) {
		return this.real.address(settings);
	}

}
