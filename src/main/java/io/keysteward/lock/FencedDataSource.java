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
 * The governance database; each connection tells the server which locks this process
 * holds, so that the server can refuse what it writes once it has lost one.
 */
final class FencedDataSource extends DelegatingDataSource {

	private final Set<Long> tokens = new TreeSet<>();

	private volatile String held = "";

	/** What each connection of the pool has said last. */
	private final Map<PGConnection, String> said = Collections.synchronizedMap(new WeakHashMap<>());

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
			say(connection, this.held);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	private void say(Connection connection, String tokens) throws SQLException {
		PGConnection physical = connection.unwrap(PGConnection.class);
		if (tokens.equals(this.said.getOrDefault(physical, ""))) {
			return;
		}
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT set_config('keysteward.tokens', ?, false)")) {
			statement.setString(1, tokens);
			statement.execute();
		}
		this.said.put(physical, tokens);
	}

	private String text() {
		return this.tokens.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

}
