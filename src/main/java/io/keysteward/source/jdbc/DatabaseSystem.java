package io.keysteward.source.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.source.KeySwitch;
import io.keysteward.source.Place;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.LandedKeys;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.SwitchingSystem;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A foreign database whose rows are landed.
 */
final class DatabaseSystem implements SwitchingSystem {

	private final String source;

	private final String address;

	private final LandedDefinition definition;

	private final Map<String, StatementText> texts;

	private final DatabaseConnector connector;

	private final Dialect dialect;

	DatabaseSystem(String source, String address, LandedDefinition definition, DatabaseConnector connector,
			Dialect dialect) {
		this.source = source;
		this.address = address;
		this.definition = definition;
		this.texts = texts(definition, dialect);
		this.connector = connector;
		this.dialect = dialect;
	}

	private static Map<String, StatementText> texts(LandedDefinition definition, Dialect dialect) {
		Map<String, StatementText> texts = new LinkedHashMap<>();
		for (Table table : definition.tables()) {
			String file = table.yaml().sql();
			if (file == null) {
				throw Failure
					.configuration(table.where() + ".sql is required; write the name of the file with the SELECT");
			}
			StatementText text = StatementText.of(definition.file(file), definition.folder().required(file),
					dialect.quotedTexts());
			if (!text.parameters().isEmpty()) {
				throw Failure.configuration(text.file() + ": unknown parameter ':" + text.parameters().get(0)
						+ "'; this SELECT may not have parameters");
			}
			texts.put(table.name(), text);
		}
		return texts;
	}

	@Override
	public Place place() {
		try (DatabaseTransaction transaction = this.connector.beginSnapshot()) {
			return place(transaction);
		}
	}

	Place place(DatabaseTransaction transaction) {
		try {
			List<String> selects = this.texts.values().stream().map(StatementText::sql).toList();
			return transaction.place(this.address, selects);
		}
		catch (SQLException ex) {
			throw transaction.errors().connecting(ex);
		}
	}

	@Override
	public Instant now() {
		try (DatabaseTransaction transaction = this.connector.beginSnapshot()) {
			return clock(transaction);
		}
	}

	private static Instant clock(DatabaseTransaction transaction) {
		try {
			return transaction.clock();
		}
		catch (SQLException ex) {
			throw transaction.errors().connecting(ex);
		}
	}

	@Override
	public LandedReading open() {
		DatabaseTransaction transaction = this.connector.beginSnapshot();
		try {
			return reading(transaction, false);
		}
		catch (RuntimeException ex) {
			transaction.close();
			throw ex;
		}
	}

	/**
	 * {@return a reading in a transaction, which it closes}
	 * @param comparing whether rows will be compared with those after a change
	 */
	DatabaseReading reading(DatabaseTransaction transaction, boolean comparing) {
		return new DatabaseReading(transaction, this.texts, clock(transaction), comparing);
	}

	DatabaseConnector connector() {
		return this.connector;
	}

	@Override
	public @Nullable String obstacle() {
		return SwitchStatements.obstacle(this.definition);
	}

	@Override
	public KeySwitch keySwitch(LandedKeys keys, Set<String> places) {
		return new DatabaseSwitch(this.source, this, SwitchStatements.of(this.definition, this.dialect), keys, places);
	}

}
