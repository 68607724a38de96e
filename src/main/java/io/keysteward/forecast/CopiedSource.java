package io.keysteward.forecast;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.DisableCapability;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.Place;
import io.keysteward.source.Probe;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A source as a rehearsal sees it: its definition is the real one's, its keys are copied,
 * and nobody connects to it.
 */
final class CopiedSource implements KeySource {

	private final KeySource real;

	private final CopiedKeys keys;

	private final @Nullable String place;

	private final Clock clock;

	/**
	 * A copy of a source.
	 * @param real the source
	 * @param place where it was last; null: that is not known
	 */
	CopiedSource(KeySource real, CopiedKeys keys, @Nullable String place, Clock clock) {
		this.real = real;
		this.keys = keys;
		this.place = place;
		this.clock = clock;
	}

	/**
	 * {@return the failure of a rehearsal that has lost its copy}
	 */
	static Failure lost(SQLException cause) {
		return Failure.retry("spring.datasource.url: the copied keys cannot be read: " + cause.getMessage()
				+ "; see whether the governance database runs, then start again", cause);
	}

	@Override
	public String id() {
		return this.real.id();
	}

	@Override
	public String title() {
		return this.real.title();
	}

	@Override
	public String definition() {
		return this.real.definition();
	}

	@Override
	public String definitionFile() {
		return this.real.definitionFile();
	}

	@Override
	public String definitionSha256() {
		return this.real.definitionSha256();
	}

	@Override
	public SourceTraits traits(Set<KeyColumn> columns, @Nullable Instant knownSince) {
		return this.real.traits(columns, knownSince);
	}

	@Override
	public Probe probe() {
		return new Probe(traits(), place());
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	/** Where it was, so that it has not moved; each source's keys are its own. */
	@Override
	public Place place() {
		return new Place((this.place != null) ? this.place : "not known", id());
	}

	@Override
	public KeySnapshot open(Set<String> projects) {
		Instant now = now();
		try {
			return new CopiedSnapshot(traits(), place(), now, this.keys.read(id(), now));
		}
		catch (SQLException ex) {
			throw lost(ex);
		}
	}

	@Override
	public DisableCapability disabling() {
		return this.real.disabling();
	}

	@Override
	public KeySwitch keySwitch(Set<String> places) {
		return new CopiedSwitch(this.keys, id());
	}

	private SourceTraits traits() {
		Optional<CopiedKeys.Inventory> inventory = this.keys.inventory(id());
		return this.real.traits(this.keys.columns(id()), inventory.map(CopiedKeys.Inventory::knownSince).orElse(null));
	}

}
