package io.keysteward.disabling;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.keysteward.decision.FilledWorkbook;
import io.keysteward.disabling.KeyFacts.Ref;
import io.keysteward.disabling.PlainTerms.Verdict;
import io.keysteward.disabling.ReferenceModel.Expected;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decisions to disable, by chance, that somebody writes into the workbook of a night and
 * applies in the morning.
 */
final class RandomApprovals {

	private final Random random;

	private final Nights nights;

	private final Path directory;

	RandomApprovals(long seed, Nights nights, Path directory) {
		this.random = new Random(seed);
		this.nights = nights;
		this.directory = directory;
	}

	/** Whoever reads the report approves most of it, and does not read each. */
	void some(int night, Instant now, Expected done, List<KeyFacts> keys, ReferenceModel model) {
		if (this.random.nextInt(5) > 0 || done.exit() == 1) {
			return;
		}
		List<KeyFacts> chosen = keys.stream()
			.filter((key) -> isOnTheSheet(done.verdicts(), key) && this.random.nextInt(10) < 7)
			.toList();
		Path report = this.directory.resolve("report-" + night + ".xlsx");
		Path filled = this.directory.resolve("filled-" + night + ".xlsx");
		execute(now, "report", "--run-key=night-" + night, "--output=" + report);
		FilledWorkbook.of(report, filled,
				(sheet) -> chosen.forEach((key) -> sheet.decide(key.ref().key(), "disable", "Nobody knows it.")));
		execute(now, "decide", filled.toString(), "--apply");
		chosen.forEach((key) -> model.approved(key, asOf(night)));
	}

	private Instant asOf(int night) {
		return this.nights.governance()
			.sql("SELECT as_of FROM keysteward.run WHERE run_key = :key")
			.param("key", "night-" + night)
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private void execute(Instant now, String... command) {
		assertThat(this.nights.execute(now.plus(Duration.ofHours(7)), command))
			.as("%s: %s", List.of(command), this.nights.register().err())
			.isZero();
	}

	private static boolean isOnTheSheet(Map<Ref, Verdict> verdicts, KeyFacts key) {
		Verdict verdict = verdicts.get(key.ref());
		return verdict != null && verdict.outcome() == null
				&& !Set.of("EXEMPT", "KIND").contains(String.valueOf(verdict.heldBy()));
	}

}
