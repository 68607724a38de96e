package io.keysteward.endurance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes at once: one works, the other is refused within seconds, and what comes
 * of it is what comes of one.
 */
class TwoAtOnceIT {

	private static final Map<String, Integer> EXITS = new TreeMap<>();

	private static long slowestRefusal;

	private final Undisturbed undisturbed = Undisturbed.run();

	private final Company company = this.undisturbed.company();

	/** Every second pair starts the same run, the others another one each. */
	static List<String> others() {
		return IntStream.range(0, CampaignSize.count(2, 50))
			.mapToObj((pair) -> (pair % 2 == 0) ? Company.RUN : "other")
			.toList();
	}

	@AfterAll
	static void printTotals() {
		CampaignSize.print(EXITS.values().stream().mapToInt(Integer::intValue).sum() + " pairs at once, exit codes "
				+ EXITS + ", slowest refusal after " + slowestRefusal + " ms of its process");
	}

	@ParameterizedTest(name = "tonight and {0}")
	@MethodSource("others")
	void ofTwoProcessesOneWorks(String other) throws Exception {
		this.company.revert();
		try (RealProcess one = this.company.start(); RealProcess two = this.company.start(other)) {
			RealProcess first = RealProcess.firstToEnd(one, two);
			slowestRefusal = Math.max(slowestRefusal, first.age().toMillis());
			List<Integer> exits = List.of(first.exit(), ((first == one) ? two : one).exit());
			EXITS.merge(exits.toString(), 1, Integer::sum);
			assertThat(exits).as(CampaignSize.seeded(this.company.output())).isIn(List.of(4, 0), List.of(0, 5));
		}
		assertThat(completed()).hasSize(1);
		this.company.startAgain(Company.RUN);
		RecoveryAssertions aftermath = new RecoveryAssertions(this.company, this.undisturbed.picture());
		if (completed().size() == 1) {
			aftermath.requireSame(false);
			aftermath.requireMailedOnce(Set.of());
		}
		aftermath.requireNothingLeft();
	}

	@Test
	void whenTheOneThatWorksIsKilledTheNextStartWorksWithinSeconds() throws Exception {
		this.company.revert();
		Point point = Points.named("a key is stored");
		try (RealProcess holder = this.company.start(); PausePoint moment = point.watch().on(this.company)) {
			assertThat(holder.lives(moment)).isTrue();
			assertThat(this.company.startAgain(Company.RUN)).as(this.company.output()).isEqualTo(4);
			assertThat(this.company.startAgain("other")).as(this.company.output()).isEqualTo(4);
			holder.kill();
			moment.processGone();
		}
		assertThat(this.company.startAgainOnceFree(Company.RUN)).as(this.company.output()).isZero();
		RecoveryAssertions aftermath = new RecoveryAssertions(this.company, this.undisturbed.picture());
		aftermath.requireSame(false);
		aftermath.requireMailedOnce(Set.of());
		aftermath.requireNothingLeft();
	}

	private List<String> completed() {
		return this.company.governance()
			.sql("SELECT run_key FROM keysteward.run WHERE run_key NOT LIKE 'before-%' AND status = 'COMPLETE'")
			.query(String.class)
			.list();
	}

}
