package io.keysteward.source.jdbc;

import java.time.Instant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceFixture;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A table in an SQLite file, by the real driver. Its connections are counted, and its
 * commits can lose their answer, since there is no network to cut.
 */
final class SqliteFixture implements SourceFixture {

	private static final Path DRIVERS = TestDrivers.folder(TestDrivers.SQLITE);

	/**
	 * A file's locks belong to the process, so no second copy of SQLite may use the file.
	 */
	private static final DriverFolder FOUND = new DriverFolder(DRIVERS);

	private final Path folder = folder();

	private final Map<String, String> definition = KeyTable.definition("IS");

	private final FaultyConnections connections = new FaultyConnections();

	private final SingleConnectionDataSource connection = connect("keys.db");

	private final SingleConnectionDataSource locked = connect("locked.db");

	private final JdbcClient jdbc = JdbcClient.create(this.connection);

	SqliteFixture() {
		this.jdbc.sql("PRAGMA journal_mode = WAL").query().singleValue();
		KeyTable.create(this.jdbc, "text", "text");
		JdbcClient.create(this.locked).sql("BEGIN EXCLUSIVE").update();
	}

	private static Path folder() {
		try {
			return Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "sqlite");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private SingleConnectionDataSource connect(String file) {
		try {
			return new SingleConnectionDataSource(
					FOUND.driver("url", url(file)).driver().connect(url(file), new Properties()), true);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String url(String file) {
		return "jdbc:sqlite:" + this.folder.resolve(file);
	}

	@Override
	public KeySource source() {
		return load(this.definition, "keys.db");
	}

	@Override
	public KeySource withoutDisabling() {
		return load(KeyTable.withoutDisabling(this.definition), "keys.db");
	}

	@Override
	public KeySource unreachable() {
		return load(this.definition, "locked.db");
	}

	private KeySource load(Map<String, String> files, String file) {
		return ForeignSource.create(DRIVERS, files)
			.load(url(file), null, null, (property, url) -> this.connections.of(FOUND.driver(property, url)));
	}

	@Override
	public void put(KeyRecord key) {
		remove(key.id().id());
		repeat(key);
	}

	@Override
	public void repeat(KeyRecord key) {
		KeyTable.insert(this.jdbc, key);
	}

	@Override
	public void remove(String keyId) {
		KeyTable.remove(this.jdbc, keyId);
	}

	@Override
	public void deny(String keyId, Instant at) {
		KeyTable.deny(this.jdbc, keyId, at);
	}

	@Override
	public void loseConfirmation(boolean committed) {
		this.connections.loseCommit(committed);
	}

	@Override
	public long open() {
		return this.connections.open();
	}

	@Override
	public void close() {
		this.connection.destroy();
		this.locked.destroy();
	}

}
