package io.keysteward.endurance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process is killed at any moment, and started again: the result is the same as if
 * nothing had happened, and nothing is left behind.
 */
class KillCampaignIT {

	private static final Map<String, Integer> BY_STEP = new TreeMap<>();

	private static final List<String> RESENT = new ArrayList<>();

	private final Undisturbed undisturbed = Undisturbed.run();

	private final Company company = this.undisturbed.company();

	static List<Point> points() {
		Random random = CampaignSize.random();
		int count = CampaignSize.count(5, Points.tied().size() + 10);
		int anywhere = Math.max(1, count / 6);
		List<Point> points = new ArrayList<>(Points.some(count - anywhere, random));
		long duration = Undisturbed.run().duration().toMillis();
		LongStream.generate(() -> random.nextLong(duration))
			.limit(anywhere)
			.mapToObj(Point::after)
			.forEach(points::add);
		return CampaignSize.asked(points);
	}

	@AfterAll
	static void printTotals() {
		CampaignSize.print(BY_STEP.values().stream().mapToInt(Integer::intValue).sum() + " kills, by step " + BY_STEP
				+ ", started again too early " + Company.busy() + " times, mails taken twice " + RESENT);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("points")
	void whatIsKilledAndStartedAgainEndsAsIfNothingHadHappened(Point point) throws Exception {
		this.company.revert();
		ProcessState left = kill(point);
		BY_STEP.merge(left.step(), 1, Integer::sum);
		RecoveryAssertions aftermath = new RecoveryAssertions(this.company, this.undisturbed.picture());
		int exit = this.company.startAgainOnceFree(Company.RUN);
		assertThat(exit).as(CampaignSize.seeded(this.company.output()))
			.isIn(left.step().equals("closeRun") ? List.of(0, 5) : List.of(0));
		aftermath.requireSame(left.step().equals("disableKeys"));
		RESENT.addAll(aftermath.requireMailedOnce(left.underWay()));
		if (exit == 5) {
			assertThat(this.company.startAgainOnceFree("tomorrow")).as(CampaignSize.seeded(this.company.output()))
				.isZero();
		}
		aftermath.requireNothingLeft();
	}

	private ProcessState kill(Point point) throws Exception {
		try (PausePoint moment = point.watch().on(this.company); RealProcess process = this.company.start()) {
			if (!process.lives(moment)) {
				assertThat(point.anywhere()).as(CampaignSize.seeded(this.company.output())).isTrue();
			}
			process.kill();
			ProcessState left = ProcessState.by(this.company);
			moment.processGone();
			System.out.println(point + ": killed in " + left.step() + " after " + process.age().toMillis() + " ms");
			return left;
		}
	}

}
