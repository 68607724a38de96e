package io.keysteward.endurance;

import java.sql.Connection;
import java.sql.SQLException;

import io.keysteward.TestDatabase;

/**
 * The moment at which a run waits for a source whose table somebody has locked.
 */
final class LockedSource implements PausePoint {

	private static final String WAITING = "SELECT count(*) > 0 FROM pg_locks"
			+ " WHERE NOT granted AND relation = 'public.api_key'::regclass";

	private final TestDatabase keys;

	private final PausePoint step;

	private final Connection lock;

	private boolean locked;

	LockedSource(Company company) throws SQLException {
		this.keys = company.register.keysDatabase();
		this.step = PausePoint.sign(company.register.governanceDatabase(),
				"BEFORE INSERT ON keysteward.batch_step_execution FOR EACH ROW WHEN (NEW.step_name = 'takeInventory')",
				false);
		this.lock = this.keys.dataSource().getConnection();
		this.lock.setAutoCommit(false);
	}

	@Override
	public boolean reached() throws Exception {
		if (!this.locked && this.step.reached()) {
			try (var statement = this.lock.createStatement()) {
				statement.execute("LOCK TABLE public.api_key IN ACCESS EXCLUSIVE MODE");
			}
			this.locked = true;
			this.step.close();
		}
		return this.locked && this.keys.jdbc().sql(WAITING).query(Boolean.class).single();
	}

	@Override
	public boolean patient() {
		return true;
	}

	@Override
	public void close() throws SQLException {
		this.step.close();
		this.lock.close();
	}

}
