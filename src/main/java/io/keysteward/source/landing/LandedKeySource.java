package io.keysteward.source.landing;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.DisableCapability;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.Place;
import io.keysteward.source.Probe;
import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionFolder;
import io.keysteward.source.postgresql.LandedOrigin;
import io.keysteward.source.postgresql.LandingSession;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A source outside PostgreSQL: its rows are landed, and select.sql makes keys of them.
 */
final class LandedKeySource implements KeySource {

	private final String id;

	private final LandedDefinition definition;

	private final LandedSystem system;

	private final Landing.SessionSource sessions;

	private final String sha256;

	LandedKeySource(String id, LandedDefinition definition, LandedSystem system, Landing.SessionSource sessions,
			Map<String, String> more) {
		this.id = id;
		this.definition = definition;
		this.system = system;
		this.sessions = sessions;
		Map<String, String> texts = new TreeMap<>(definition.folder().texts());
		texts.putAll(more);
		this.sha256 = DefinitionFolder.sha256(texts);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String title() {
		return this.definition.common().title();
	}

	@Override
	public String definition() {
		return this.definition.common().name();
	}

	@Override
	public String definitionFile() {
		return Definition.SELECT;
	}

	@Override
	public String definitionSha256() {
		return this.sha256;
	}

	@Override
	public SourceTraits traits(Set<KeyColumn> columns, @Nullable Instant knownSince) {
		return this.definition.common().traits(this.id, columns, knownSince);
	}

	/**
	 * Lands only one row of each table: reading whole lists would use the system's rate
	 * limit twice.
	 */
	@Override
	public Probe probe() {
		try (LandingSession session = this.sessions.connect()) {
			Place place = this.system.place();
			try (LandedReading reading = this.system.open()) {
				new LandedTables(session, this.sessions.maxSize()).sample(this.definition.tables(), reading);
			}
			return new Probe(session.traits(), place);
		}
	}

	@Override
	public Instant now() {
		return this.system.now();
	}

	@Override
	public Place place() {
		return this.system.place();
	}

	@Override
	public KeySnapshot open(Set<String> projects) {
		LandingSession session = this.sessions.connect();
		try {
			LandedTables tables = new LandedTables(session, this.sessions.maxSize());
			LandedOrigin origin;
			Place place = this.system.place();
			try (LandedReading reading = this.system.open()) {
				tables.land(this.definition.tables(), reading);
				origin = new LandedOrigin(place, reading.snapshotAt(), reading.sourceNow(), reading.file());
			}
			tables.markUsesThatDependOnMissingValues();
			return session.read(projects, origin);
		}
		catch (RuntimeException | Error ex) {
			session.close();
			throw ex;
		}
	}

	@Override
	public DisableCapability disabling() {
		return new DisableCapability(obstacle(), this.definition.common().effectiveWithin(),
				this.definition.common().neverDisableKinds());
	}

	private @Nullable String obstacle() {
		String obstacle = this.definition.common().obstacle();
		if (obstacle != null) {
			return obstacle;
		}
		return (this.system instanceof SwitchingSystem switching) ? switching.obstacle()
				: "its keys come from a file, and keys in a file cannot be switched off";
	}

	@Override
	public KeySwitch keySwitch(Set<String> places) {
		String obstacle = obstacle();
		if (obstacle == null && this.system instanceof SwitchingSystem switching) {
			return switching.keySwitch(new LandedKeys(this.definition, this.sessions), places);
		}
		throw Failure.configuration("source '" + this.id + "': " + obstacle);
	}

}
