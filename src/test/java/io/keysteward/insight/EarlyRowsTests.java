package io.keysteward.insight;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.keysteward.Register;
import io.keysteward.run.Runs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class EarlyRowsTests {

	private final Register register;

	private final List<Long> read = new ArrayList<>();

	EarlyRowsTests(@TempDir Path directory) {
		this.register = new Register(directory);
	}

	@BeforeEach
	void aRun() {
		this.register.key("k", "2026-10-01", "2026-10-30");
		assertThat(this.register.execute("run", "--as-of=2026-11-01")).isZero();
	}

	@Test
	void rowsThatWereBegunComeInTheirOrderAndThenAnew() throws SQLException {
		try (RunView stored = stored(); EarlyRows early = new EarlyRows(stored, 0)) {
			Rows.Source<Long> rows = early.begin(query("SELECT n FROM generate_series(1, 2500) n"));
			rows.each(this.read::add);
			rows.each(this.read::add);
		}
		assertThat(this.read).hasSize(5000).startsWith(1L, 2L).endsWith(2499L, 2500L);
	}

	@Test
	@Timeout(60)
	void aStatementBeginsBeforeItsRowsAreWanted() throws SQLException {
		try (RunView stored = stored(); EarlyRows early = new EarlyRows(stored, 0)) {
			early.begin(query("SELECT count(*) FROM generate_series(1, 2) n, pg_sleep(100)"));
			assertThat(sleeping()).isOne();
		}
		// Nobody waits for what nobody wants.
		assertThat(sleeping()).isZero();
	}

	@Test
	void withFewKeysNothingIsBegun() throws SQLException {
		try (RunView stored = stored(); EarlyRows early = new EarlyRows(stored, 2)) {
			Rows.Source<Long> rows = early.begin(query("SELECT pg_backend_pid()::bigint"));
			rows.each(this.read::add);
			assertThat(this.read)
				.containsExactly(stored.sql("SELECT pg_backend_pid()::bigint").query(Long.class).single());
		}
	}

	@Test
	void aStatementThatFailsIsSaidWhereItsRowsAreWanted() throws SQLException {
		try (RunView stored = stored(); EarlyRows early = new EarlyRows(stored, 0)) {
			Rows.Source<Long> rows = early.begin(query("SELECT 1 / 0"));
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> rows.each(this.read::add))
				.withMessageContaining("division by zero");
		}
	}

	@Test
	void aStatementThatFailsIsNothingToWhoeverDoesNotWantItsRows() throws SQLException {
		try (RunView stored = stored(); EarlyRows early = new EarlyRows(stored, 0)) {
			early.begin(query("SELECT 1 / 0"));
		}
		assertThat(this.read).isEmpty();
	}

	@Test
	void whoGetsNoFurtherConnectionReadsLater(CapturedOutput output) throws SQLException {
		DataSource one = new DelegatingDataSource(this.register.governanceDatabase().dataSource()) {

			private int connections;

			@Override
			public Connection getConnection() throws SQLException {
				if (this.connections++ > 0) {
					throw new SQLException("too many connections for role");
				}
				return super.getConnection();
			}

		};
		try (RunView stored = stored(one); EarlyRows early = new EarlyRows(stored, 0)) {
			early.begin(query("SELECT 17")).each(this.read::add);
		}
		assertThat(this.read).containsExactly(17L);
		assertThat(output).contains("it got no further connection: too many connections for role");
	}

	private static Rows.Query<Long> query(String sql) {
		return new Rows.Query<>((snapshot) -> snapshot.jdbc().sql(sql), (row, number) -> row.getLong(1));
	}

	private RunView stored() throws SQLException {
		return stored(this.register.governanceDatabase().dataSource());
	}

	private RunView stored(DataSource governance) throws SQLException {
		Runs runs = new Runs(this.register.governance(), JsonMapper.shared());
		return RunView.open(governance, runs, runs.find("2026-11-01").orElseThrow());
	}

	private int sleeping() {
		return this.register.governance()
			.sql("SELECT count(*) FROM pg_stat_activity, pg_sleep(0.5) WHERE datname = current_database() AND query LIKE '%pg_sleep(100)%' AND state = 'active' AND pid <> pg_backend_pid()")
			.query(Integer.class)
			.single();
	}

}
