package io.keysteward.source.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.keysteward.key.Failure;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.Disabling;
import io.keysteward.source.KeyReading;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.Place;
import io.keysteward.source.Probe;

/**
 * A source that is a PostgreSQL database, read as its definition says.
 */
final class SqlKeySource implements KeySource {

	private final String id;

	private final Definition definition;

	private final Connector connector;

	private final Faults faults;

	SqlKeySource(String id, Definition definition, Connector connector, Faults faults) {
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
		return this.definition.title();
	}

	@Override
	public String definition() {
		return this.definition.name();
	}

	@Override
	public String definitionSha256() {
		return this.definition.sha256();
	}

	@Override
	public Probe probe() {
		try (ReadTransaction transaction = this.connector.begin()) {
			Place place = transaction.place(this.definition);
			return new Probe(traits(Fit.of(this.definition, transaction)), place);
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
	public KeyReading open(Set<String> projects) {
		ReadTransaction transaction = this.connector.begin();
		try {
			Place place = transaction.place(this.definition);
			Fit fit = Fit.of(this.definition, transaction);
			if (!projects.isEmpty() && !fit.columns().contains(KeyColumn.PROJECT_ID)) {
				throw Failure.configuration("source '" + this.id + "' cannot be narrowed to a project: "
						+ this.definition.file(Definition.SELECT) + " returns no project_id");
			}
			RowReader rows = new RowReader(this.id, this.definition, fit);
			String select = new Columns(this.definition).select(fit, !projects.isEmpty());
			return SqlKeyReading.open(transaction, place, traits(fit), rows, select, projects, this.faults);
		}
		catch (RuntimeException ex) {
			transaction.close();
			throw ex;
		}
	}

	@Override
	public Disabling disabling() {
		return new Disabling(this.definition.obstacle(), this.definition.disabling().effectiveWithin(),
				this.definition.neverDisableKinds());
	}

	@Override
	public KeySwitch keySwitch(Set<String> places) {
		String obstacle = this.definition.obstacle();
		if (obstacle != null) {
			throw Failure.configuration("source '" + this.id + "': " + obstacle);
		}
		return new SqlKeySwitch(this.id, this.definition, this.connector.at(places), this.faults);
	}

	private SourceTraits traits(Fit fit) {
		Set<KeyColumn> columns = EnumSet.copyOf(fit.columns());
		return this.definition.traits(this.id, Collections.unmodifiableSet(columns), fit);
	}

}
