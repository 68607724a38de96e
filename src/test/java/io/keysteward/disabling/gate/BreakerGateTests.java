package io.keysteward.disabling.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.TestSettings;
import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.DisableSettings;
import io.keysteward.disabling.FirstWarnings;
import io.keysteward.disabling.Intended;
import io.keysteward.disabling.NoticeSettings;
import io.keysteward.disabling.RecipientLookup;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerGateTests {

	private static final RecipientLookup NOBODY = new RecipientLookup((contact) -> null, (contact) -> List.of());

	@ParameterizedTest
	@CsvSource({ "20, 5, 1000, 20, true", "20, 5, 1000, 21, false", // the number
			"20, 5, 400, 20, true", "20, 5, 399, 20, false", // the share
			"20, 5, 10, 0, true", "20, 5, 10, 1, false", // 5 % of 10 keys is 0
			"20, 5, 20, 1, true", "20, 5, 39, 2, false", "0, 100, 1000, 1, false", "1000, 0, 1000, 1, false",
			"0, 0, 1000, 0, true", "1000, 100, 3, 3, true" })
	void bothBoundsHold(int maxKeys, int maxPercent, long active, long due, boolean open) {
		assertThat(closed(maxKeys, maxPercent, Map.of("a", due), source("a", active)) == null).isEqualTo(open);
	}

	@Test
	void theNumberIsThatOfAllSourcesTogether() {
		assertThat(closed(20, 50, Map.of("a", 11L, "b", 10L), source("a", 1000), source("b", 1000)))
			.isEqualTo("21 keys are due, and at most 20 may be disabled in a day (keysteward.disable.max-keys).");
	}

	@Test
	void theShareIsThatOfEachSource() {
		assertThat(closed(20, 5, Map.of("a", 1L, "b", 3L), source("a", 1000), source("b", 40))).isEqualTo(
				"3 of 40 active keys of source b are due, and at most 2 (5 %, keysteward.disable.max-percent) may"
						+ " be disabled in a day.");
	}

	private static @Nullable String closed(int maxKeys, int maxPercent, Map<String, Long> due, SourceFacts... sources) {
		DisablePolicy policy = DisablePolicy.of(TestSettings.of(DisableSettings.class, "armed=true",
				"max-keys=" + maxKeys, "max-percent=" + maxPercent), TestSettings.of(NoticeSettings.class));
		return new BreakerGate(policy).closed(new Intended(due, new FirstWarnings(NOBODY)), List.of(sources));
	}

	private static SourceFacts source(String id, long active) {
		return new SourceFacts(id, new DisableCapability(null, Duration.ZERO, Set.of()), TestCandidate.AS_OF,
				Duration.ZERO, active, active, 0, 0, null, null, null);
	}

}
