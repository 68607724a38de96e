package io.keysteward.disabling;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import io.keysteward.DeniedColumns;
import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A source of the built-in definition whose keys a simulation moves.
 */
final class SimulatedSource implements AutoCloseable {

	private final String id;

	private final boolean nullIsUnknown;

	private final TestDatabase database;

	/** One for all that happens, since much does. */
	private final SingleConnectionDataSource connection;

	private final JdbcClient jdbc;

	/**
	 * An empty source.
	 * @param nullIsUnknown whether a last use of null is unknown; else it is never
	 */
	SimulatedSource(String id, boolean nullIsUnknown, SimulatedTime time) {
		this.id = id;
		this.nullIsUnknown = nullIsUnknown;
		TestDatabase empty = TestDatabase.empty();
		this.connection = new SingleConnectionDataSource(empty.url(), empty.username(), empty.password(), true);
		this.jdbc = JdbcClient.create(this.connection);
		this.jdbc.sql(Register.read(Path.of("config/sources/api-key-records/schema.sql"))).update();
		DeniedColumns.addToTable(this.jdbc);
		this.database = time.in(empty);
	}

	String id() {
		return this.id;
	}

	TestDatabase database() {
		return this.database;
	}

	JdbcClient jdbc() {
		return this.jdbc;
	}

	/**
	 * Changes the table by a statement with positional parameters; an instant may be one.
	 */
	int change(String sql, @Nullable Object... parameters) {
		StatementSpec statement = this.jdbc.sql(sql);
		int number = 1;
		for (Object parameter : parameters) {
			statement = statement.param(number++,
					(parameter instanceof Instant at) ? at.atOffset(ZoneOffset.UTC) : parameter);
		}
		return statement.update();
	}

	/**
	 * {@return every key as the source's tables have it now, by its id}
	 */
	List<KeyFacts> keys() {
		return this.jdbc.sql("""
				SELECT k.*, p.id AS found_project, p.deleted_at, a.id AS found_owner, a.email,
				       a.disabled_at AS owner_disabled_at
				FROM api_key k LEFT JOIN project p ON p.id = k.project_id LEFT JOIN account a ON a.id = k.owner_id
				ORDER BY k.id
				""").query((row, number) -> facts(row)).list();
	}

	/**
	 * {@return all that its tables hold, to be compared}
	 */
	String everything() {
		return this.jdbc.sql("""
				SELECT concat_ws('|', (SELECT string_agg(k::text, ',' ORDER BY id) FROM api_key k),
				  (SELECT string_agg(a::text, ',' ORDER BY id) FROM account a),
				  (SELECT string_agg(p::text, ',' ORDER BY id) FROM project p))
				""").query(String.class).single();
	}

	/**
	 * {@return what it is now, to come back to}
	 */
	TestDatabase now() {
		this.connection.resetConnection();
		return this.database.keptCopy();
	}

	/** It is again what it was. */
	void comesBack(TestDatabase then) {
		this.connection.resetConnection();
		this.database.becomeLike(then);
	}

	@Override
	public void close() {
		this.connection.destroy();
	}

	private KeyFacts facts(ResultSet row) throws SQLException {
		String project = row.getString("project_id");
		String owner = row.getString("owner_id");
		boolean projectLost = project != null
				&& (row.getString("found_project") == null || row.getObject("deleted_at") != null);
		boolean ownerLost = owner != null
				&& (row.getString("found_owner") == null || row.getObject("owner_disabled_at") != null);
		Instant created = instant(row, "created_at");
		if (created == null) {
			throw new IllegalStateException("created_at");
		}
		return new KeyFacts(new KeyFacts.Ref(this.id, row.getString("id")), row.getString("kind"),
				row.getString("status"), project, projectLost, owner, ownerLost, row.getString("email"), created,
				instant(row, "last_used_at"), instant(row, "expires_at"), this.nullIsUnknown,
				instant(row, "last_denied_at"), row.getString("referenced_by") != null);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
