package io.keysteward.source.jdbc;

import java.time.Instant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.keysteward.faults.FaultyProxy;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceFixture;
import org.awaitility.Awaitility;

/**
 * A table in a MariaDB, behind a connection that can be cut.
 */
final class MariaDbFixture implements SourceFixture {

	private static final Duration GOODBYE = Duration.ofSeconds(2);

	private static final Map<TestDrivers, Path> DRIVERS = new ConcurrentHashMap<>();

	private final MariaDb database = MariaDb.create();

	private final FaultyProxy wire = new FaultyProxy(this.database.server());

	private final Map<String, String> definition = KeyTable.definition("<=>");

	private final String scheme;

	private final Path drivers;

	MariaDbFixture(String scheme, TestDrivers driver) {
		this.scheme = scheme;
		this.drivers = DRIVERS.computeIfAbsent(driver, TestDrivers::folder);
		KeyTable.create(this.database.jdbc(), "varchar(200)", "datetime(6)");
	}

	@Override
	public KeySource source() {
		return load(this.definition, this.database.url(this.scheme, this.wire.port()));
	}

	@Override
	public KeySource withoutDisabling() {
		return load(KeyTable.withoutDisabling(this.definition), this.database.url(this.scheme, this.wire.port()));
	}

	@Override
	public KeySource unreachable() {
		return load(this.definition, this.database.url(this.scheme, 1));
	}

	private KeySource load(Map<String, String> files, String url) {
		return ForeignSource.create(this.drivers, files).load(url);
	}

	@Override
	public void put(KeyRecord key) {
		remove(key.id().id());
		repeat(key);
	}

	@Override
	public void repeat(KeyRecord key) {
		KeyTable.insert(this.database.jdbc(), key);
	}

	@Override
	public void remove(String keyId) {
		KeyTable.remove(this.database.jdbc(), keyId);
	}

	@Override
	public void deny(String keyId, Instant at) {
		KeyTable.deny(this.database.jdbc(), keyId, at);
	}

	@Override
	public void loseConfirmation(boolean committed) {
		this.wire.when(committed, this.wire::cutOne, "COMMIT");
	}

	/** Waits, since the server notices the end of a connection late. */
	@Override
	public long open() {
		Awaitility.await().atMost(GOODBYE).ignoreExceptions().until(() -> connections() == 0);
		return connections();
	}

	private long connections() {
		return this.database.jdbc().sql("""
				SELECT count(*) FROM information_schema.processlist WHERE user = ? AND db = ?
				""").param(MariaDb.USER).param(this.database.name()).query(Long.class).single();
	}

	@Override
	public void close() {
		this.wire.close();
		this.database.close();
	}

}
