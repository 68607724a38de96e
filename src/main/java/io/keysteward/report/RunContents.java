package io.keysteward.report;

import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.keysteward.run.Run;
import io.keysteward.run.Runs;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Opens the content of runs for what holds something else against it than a report.
 */
@Component
public class RunContents {

	private final DataSource dataSource;

	private final Runs runs;

	public RunContents(DataSource dataSource, Runs runs) {
		this.dataSource = dataSource;
		this.runs = runs;
	}

	/**
	 * {@return the content of a run, as each of its reports has it}
	 * @param run a run with reconciled findings and a kept inventory
	 */
	public RunContent open(Run run) {
		try {
			return RunContent.open(this.dataSource, this.runs, run, List.of());
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("The stored run cannot be read", ex);
		}
	}

}
