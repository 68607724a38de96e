package io.keysteward.endurance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process is asked to stop (SIGTERM) at any moment: it ends with 143 within seconds,
 * the run is noted as stopped and not as failed, and the next start completes it as if
 * nothing had happened.
 */
class StopCampaignIT {

	/** Five seconds are promised; a machine that does other things too may need more. */
	private static final Duration BOUND = Duration.ofSeconds(15);

	/** What the database is busy with when it is asked to stop is not over at once. */
	private static final Duration BUSY = Duration.ofMillis(300);

	private static final Map<String, Long> SLOWEST = new TreeMap<>();

	private final Undisturbed undisturbed = Undisturbed.run();

	private final Company company = this.undisturbed.company();

	private Set<String> underWay = Set.of();

	static List<Point> points() {
		int count = CampaignSize.count(2, 24);
		List<Point> slow = new ArrayList<>(
				List.of(new Point("takeInventory", "the source does not answer", LockedSource::new),
						Points.silent("sendNotices", "owner-2@example.com"),
						Points.silent("sendReport", "security@example.com"), Point.into("writeReport", 300),
						Point.into("writeReport", 5000)));
		Collections.shuffle(slow, CampaignSize.random());
		List<Point> points = new ArrayList<>(slow.subList(0, Math.min(slow.size(), Math.max(1, count / 2))));
		points.addAll(Points.some(count - points.size(), CampaignSize.random()));
		return CampaignSize.asked(points);
	}

	@AfterAll
	static void printTotals() {
		CampaignSize.print("stopped by SIGTERM, slowest by step in ms: " + SLOWEST);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("points")
	void whatIsAskedToStopDoesAndIsContinued(Point point) throws Exception {
		this.company.revert();
		stop(point);
		assertThat(this.company.governance()
			.sql("SELECT status || coalesce(fault, '') FROM keysteward.run WHERE run_key = 'tonight'")
			.query(String.class)
			.list()).as(CampaignSize.seeded(this.company.output())).isSubsetOf("STOPPED", "COMPLETE");
		assertThat(this.company.governance()
			.sql("SELECT status || exit_message FROM keysteward.batch_job_execution" + " WHERE status = 'FAILED'")
			.query(String.class)
			.list()).as(CampaignSize.seeded(this.company.output())).isEmpty();
		boolean complete = ProcessState.by(this.company).complete();
		assertThat(this.company.startAgain(Company.RUN)).as(CampaignSize.seeded(this.company.output()))
			.isEqualTo(complete ? 5 : 0);
		RecoveryAssertions aftermath = new RecoveryAssertions(this.company, this.undisturbed.picture());
		aftermath.requireSame(false);
		aftermath.requireMailedOnce(this.underWay);
		aftermath.requireNothingLeft();
	}

	private void stop(Point point) throws Exception {
		try (RealProcess process = this.company.start()) {
			Instant asked;
			String step;
			try (PausePoint moment = point.watch().on(this.company)) {
				assertThat(process.lives(moment)).as(CampaignSize.seeded(this.company.output())).isTrue();
				ProcessState left = ProcessState.by(this.company);
				step = left.step();
				this.underWay = left.underWay();
				asked = Instant.now();
				process.terminate();
				process.ends(moment.patient() ? BOUND : BUSY);
			}
			int exit = process.exit();
			Duration took = Duration.between(asked, Instant.now());
			System.out.println(point + ": stopped in " + step + " after " + took.toMillis() + " ms");
			SLOWEST.merge(step, took.toMillis(), Math::max);
			assertThat(exit).as(CampaignSize.seeded(this.company.output())).isEqualTo(143);
			assertThat(took).as(CampaignSize.seeded(step + ": " + this.company.output())).isLessThan(BOUND);
		}
	}

}
