package io.keysteward.inventory;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

import javax.sql.DataSource;

import io.keysteward.inventory.SourceReading.UseTimes;
import io.keysteward.key.SourceTraits;
import io.keysteward.run.Run;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Readings of sources: begun, then ended or discarded. What a reading has stored counts
 * once it has ended.
 */
@Repository
public class Readings {

	private final JdbcClient jdbc;

	private final DataSource governance;

	private final SourceStates states;

	private final UseGaps gaps;

	private final Denials denials;

	private final JudgedNames names;

	Readings(JdbcClient jdbc, DataSource governance, SourceStates states, UseGaps gaps, Denials denials,
			JudgedNames names) {
		this.jdbc = jdbc;
		this.governance = governance;
		this.states = states;
		this.gaps = gaps;
		this.denials = denials;
		this.names = names;
	}

	/**
	 * Begins to read a source for a run; deletes what a reading that did not end has
	 * left.
	 * @return the reading, and what is stored of the source
	 */
	@Transactional
	public Begun begin(Run run, String source) {
		discard(source);
		this.jdbc.sql("UPDATE keysteward.run_source SET begun = NULL WHERE source = :source AND begun IS NOT NULL")
			.param("source", source)
			.update();
		int number = this.jdbc.sql("""
				UPDATE keysteward.run_source SET reading = NULL, begun = nextval('keysteward.reading_number')
				WHERE run_id = :run AND source = :source RETURNING begun
				""").param("run", run.id()).param("source", source).query(Integer.class).single();
		SourceState state = this.states.load(source);
		this.denials.load(source, state);
		return new Begun(new Reading(run.id(), source, number, run.projects().isEmpty()), state, run.policySha256(),
				this.names.judgedBy(source).orElse(null), this.gaps.lastLook(source, run.id()).orElse(null));
	}

	/**
	 * Ends a reading: in this transaction what it has found becomes the run's inventory.
	 */
	public void end(SourceReading read) {
		Reading reading = read.reading();
		this.gaps.store(reading);
		this.denials.store(reading);
		this.states.store(reading, read.state(), new InventoryWriter(this.governance, reading));
		this.names.store(reading, read.names());
		this.jdbc.sql("""
				UPDATE keysteward.run_source s
				SET reading = :stored, begun = NULL, known_since = :knownSince, run_as_of = r.as_of,
				    columns = :columns
				FROM keysteward.run r
				WHERE r.run_id = :run AND s.run_id = :run AND s.source = :source
				""")
			.param("stored", reading.stored())
			.param("knownSince", (read.knownSince() != null) ? read.knownSince().atOffset(ZoneOffset.UTC) : null,
					Types.TIMESTAMP_WITH_TIMEZONE)
			.param("columns", read.columns().toArray(String[]::new))
			.param("run", reading.runId())
			.param("source", reading.source())
			.update();
	}

	/**
	 * Deletes what a reading of the source that did not end has left, as far as it is
	 * known: rows may still be on their way, so the next reading deletes them once more.
	 */
	@Transactional
	public void discard(String source) {
		this.gaps.discard(source);
		this.denials.discard(source);
		this.jdbc.sql("SELECT begun FROM keysteward.run_source WHERE source = :source AND begun IS NOT NULL")
			.param("source", source)
			.query(Integer.class)
			.list()
			.forEach((number) -> delete(source, number));
	}

	private void delete(String source, int number) {
		this.jdbc.sql("DELETE FROM keysteward.key_record_now WHERE source = :source AND reading = :reading")
			.param("source", source)
			.param("reading", number)
			.update();
		this.jdbc.sql("""
				DELETE FROM keysteward.key_record_before
				WHERE source = :source AND reading = -:reading AND until = 1 - :reading
				""").param("source", source).param("reading", number).update();
	}

	/**
	 * A reading that has begun, and what is stored of its source.
	 *
	 * @param reading the reading
	 * @param state what is stored
	 * @param policySha256 the policy's hash, with the definitions of sources
	 * @param judgedBy what has judged the stored names; null: not known
	 * @param lastLook the last instant at which a whole reading has looked; null: none
	 * has
	 */
	public record Begun(Reading reading, SourceState state, String policySha256, @Nullable String judgedBy,
			@Nullable Instant lastLook) {

		/**
		 * {@return what compares its keys with what is stored}
		 * @param traits the source's traits in this reading
		 * @param definitionFile the file of its definition that selects keys
		 * @param possible a known use after this instant came from a wrong clock, and
		 * does not count
		 * @param certain a use after this instant may come from a wrong clock, and is not
		 * taken over
		 */
		public SourceReading compare(SourceTraits traits, String definitionFile, Instant possible, Instant certain) {
			return new SourceReading(this.reading, traits, definitionFile, this.state,
					new UseTimes(possible, certain, this.lastLook),
					NameJudge.of(this.policySha256, traits, this.judgedBy));
		}

	}

}
