package io.keysteward.source.postgresql;

import java.sql.SQLException;
import java.time.Instant;
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
 * A source in a PostgreSQL database that is read by its definition.
 */
final class SqlKeySource implements KeySource {

	private final String id;

	private final SqlDefinition definition;

	private final Connector connector;

	private final SqlErrorTranslator faults;

	SqlKeySource(String id, SqlDefinition definition, Connector connector, SqlErrorTranslator faults) {
		this.id = id;
		this.definition = definition;
		this.connector = connector;
		this.faults = faults;
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
		return SqlDefinition.SELECT;
	}

	@Override
	public String definitionSha256() {
		return this.definition.common().sha256();
	}

	@Override
	public SourceTraits traits(Set<KeyColumn> columns, @Nullable Instant knownSince) {
		return this.definition.common().traits(this.id, columns, knownSince);
	}

	@Override
	public Probe probe() {
		try (ReadTransaction transaction = this.connector.begin()) {
			Place place = transaction.place(this.definition);
			return new Probe(DefinitionMatch.match(this.definition, transaction).traits(this.id, this.definition),
					place);
		}
	}

	@Override
	public Place place() {
		try (ReadTransaction transaction = this.connector.begin()) {
			return transaction.place(this.definition);
		}
	}

	@Override
	public Instant now() {
		try (ReadTransaction transaction = this.connector.begin()) {
			return transaction.clock().toInstant();
		}
		catch (SQLException ex) {
			throw this.faults.connecting(ex);
		}
	}

	@Override
	public KeySnapshot open(Set<String> projects) {
		ReadTransaction transaction = this.connector.begin();
		try {
			Place place = transaction.place(this.definition);
			DefinitionMatch fit = DefinitionMatch.match(this.definition, transaction);
			fit.requireNarrowable(this.id, this.definition, projects);
			ResultRows rows = new ResultRows(this.id, this.definition, fit);
			String select = new Columns(this.definition).select(fit, !projects.isEmpty());
			return SqlKeySnapshot.open(transaction, place, fit.traits(this.id, this.definition), rows, select, projects,
					this.faults);
		}
		catch (RuntimeException ex) {
			transaction.close();
			throw ex;
		}
	}

	@Override
	public DisableCapability disabling() {
		return new DisableCapability(this.definition.obstacle(), this.definition.common().effectiveWithin(),
				this.definition.common().neverDisableKinds());
	}

	@Override
	public KeySwitch keySwitch(Set<String> places) {
		String obstacle = this.definition.obstacle();
		if (obstacle != null) {
			throw Failure.configuration("source '" + this.id + "': " + obstacle);
		}
		return new SqlKeySwitch(this.id, this.definition, this.connector.at(places), this.faults);
	}

}
