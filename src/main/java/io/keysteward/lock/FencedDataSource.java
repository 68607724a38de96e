package io.keysteward.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.postgresql.PGConnection;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The governance database, whose connections announce this process's lock tokens, so that
 * the server refuses writes after a lost lock.
 */
final class FencedDataSource extends DelegatingDataSource {

	private final Set<Long> tokens = new TreeSet<>();

	private volatile String held = "";

	/** The tokens that each pooled connection has announced last. */
	private final Map<PGConnection, String> announced = Collections.synchronizedMap(new WeakHashMap<>());

	FencedDataSource(DataSource target) {
		super(target);
	}

	synchronized void add(long token) {
		this.tokens.add(token);
		this.held = text();
	}

	synchronized void remove(long token) {
		this.tokens.remove(token);
		this.held = text();
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		try {
			announceTokens(connection, this.held);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	private void announceTokens(Connection connection, String tokens) throws SQLException {
		PGConnection physical = connection.unwrap(PGConnection.class);
		if (tokens.equals(this.announced.getOrDefault(physical, ""))) {
			return;
		}
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT set_config('keysteward.tokens', ?, false)")) {
			statement.setString(1, tokens);
			statement.execute();
		}
		this.announced.put(physical, tokens);
	}

	private String text() {
		return this.tokens.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

}
