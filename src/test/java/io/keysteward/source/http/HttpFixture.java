package io.keysteward.source.http;

import java.time.Instant;

import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceFixture;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An API with keys, for the contract of sources.
 */
final class HttpFixture implements SourceFixture {

	private final TestApi api = new TestApi();

	private final String more;

	/**
	 * Creates the API.
	 * @param more further lines of the list in its definition
	 */
	HttpFixture(String more) {
		this.more = more;
	}

	@Override
	public KeySource source() {
		return LatestUndo.of(load(true, this.api.server().url()));
	}

	@Override
	public KeySource withoutDisabling() {
		return load(false, this.api.server().url());
	}

	@Override
	public KeySource unreachable() {
		return load(true, "http://localhost:1");
	}

	private KeySource load(boolean reversible, String url) {
		return this.api.load(TestApi.yaml(this.more, reversible), TestApi.DISABLE, TestApi.RESTORE, url);
	}

	@Override
	public void put(KeyRecord key) {
		this.api.put(key);
	}

	@Override
	public void repeat(KeyRecord key) {
		this.api.repeat(key);
	}

	@Override
	public void remove(String keyId) {
		this.api.remove(keyId);
	}

	@Override
	public void deny(String keyId, Instant at) {
		this.api.set(keyId, "last_denied_at", at.toString());
	}

	@Override
	public void loseConfirmation(boolean committed) {
		this.api.lose(committed);
	}

	@Override
	public long open() {
		return JdbcClient.create(TestApi.DATABASE.dataSource())
			.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'keysteward_landing' AND datname ="
					+ " current_database() AND state <> 'idle'")
			.query(Long.class)
			.single();
	}

	@Override
	public void close() {
		this.api.close();
	}

}
