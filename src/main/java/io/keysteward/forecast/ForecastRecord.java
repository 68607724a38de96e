package io.keysteward.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

import io.keysteward.insight.Forecast;
import io.keysteward.insight.ForecastStep;
import io.keysteward.run.Blocks;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import javax.sql.DataSource;

/**
 * Keeps what a rehearsal has foretold, so that the runs of its nights can say what came.
 * It is all that a rehearsal stores.
 */
public final class ForecastRecord {

	private static final int BLOCK = 10_000;

	private final JdbcClient jdbc;

	private final TransactionTemplate whole;

	public ForecastRecord(DataSource governance) {
		this.jdbc = JdbcClient.create(governance);
		this.whole = new TransactionTemplate(new JdbcTransactionManager(governance));
	}

	/**
	 * Stores a forecast.
	 * @param keep how long earlier ones are kept
	 */
	public void store(Forecast forecast, Duration keep) {
		this.whole.executeWithoutResult((status) -> {
			dropOld(forecast.madeAt().minus(keep));
			long id = insert(forecast);
			Blocks.of(forecast.steps(), BLOCK).forEach((block) -> insert(id, block));
		});
	}

	private void dropOld(Instant before) {
		this.jdbc.sql("DELETE FROM keysteward.rehearsal WHERE made_at < :before")
			.param("before", before.atOffset(ZoneOffset.UTC))
			.update();
	}

	private long insert(Forecast forecast) {
		return this.jdbc
			.sql("""
					INSERT INTO keysteward.rehearsal (made_at, requested_by, inventory_at, first_night, last_night, armed_on)
					VALUES (:made, :by, :inventory, :first, :last, :armed) RETURNING rehearsal_id
					""")
			.param("made", forecast.madeAt().atOffset(ZoneOffset.UTC))
			.param("by", forecast.requestedBy())
			.param("inventory", forecast.inventory().asOf().atOffset(ZoneOffset.UTC))
			.param("first", forecast.first())
			.param("last", forecast.last())
			.param("armed", forecast.armedOn())
			.query(Long.class)
			.single();
	}

	private void insert(long id, List<ForecastStep> steps) {
		this.jdbc.sql("""
				INSERT INTO keysteward.rehearsal_step (rehearsal_id, night, step, source, key_id)
				SELECT :id, * FROM unnest(:nights::date[], :steps::text[], :sources::text[], :keys::text[])
				ON CONFLICT DO NOTHING
				""")
			.param("id", id)
			.param("nights", texts(steps, (step) -> step.day().toString()))
			.param("steps", texts(steps, (step) -> step.kind().name()))
			.param("sources", texts(steps, (step) -> step.key().source()))
			.param("keys", texts(steps, (step) -> step.key().id()))
			.update();
	}

	private static String[] texts(List<ForecastStep> steps, Function<ForecastStep, String> text) {
		return steps.stream().map(text).toArray(String[]::new);
	}

}
