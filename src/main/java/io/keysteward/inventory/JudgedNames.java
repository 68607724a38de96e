package io.keysteward.inventory;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code judged_names}: what has judged the names that are stored.
 */
@Repository
class JudgedNames {

	private final JdbcClient jdbc;

	JudgedNames(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * {@return what has judged the names of a source in its last reading}
	 */
	Optional<String> judgedBy(String source) {
		return this.jdbc.sql("SELECT judged_by FROM keysteward.judged_names WHERE source = :source")
			.param("source", source)
			.query(String.class)
			.optional();
	}

	/** In the transaction that stores the names. */
	void store(Reading reading, NameJudge names) {
		if (!reading.whole()) {
			return;
		}
		this.jdbc.sql("DELETE FROM keysteward.judged_names WHERE source = :source")
			.param("source", reading.source())
			.update();
		if (names.id() != null) {
			this.jdbc.sql("INSERT INTO keysteward.judged_names (source, judged_by) VALUES (:source, :by)")
				.param("source", reading.source())
				.param("by", names.id())
				.update();
		}
	}

}
