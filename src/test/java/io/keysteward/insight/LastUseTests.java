package io.keysteward.insight;

import java.time.Instant;

import io.keysteward.key.Usage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastUseTests {

	private static final Instant USED = Instant.parse("2026-08-20T08:30:00Z");

	@Test
	void aKnownUseIsATimeWhateverElseIsKnown() {
		for (Usage.State state : Usage.State.values()) {
			LastUse use = LastUse.of(state, USED);
			assertThat(use.shown()).isEqualTo(USED);
			assertThat(use.words()).isNull();
			assertThat(use.text(Instant::toString)).isEqualTo(USED.toString());
			assertThat(use.orNotKnown()).isEqualTo(use);
		}
	}

	@Test
	void neverIsSaidOnlyWhereUseIsRecorded() {
		assertThat(LastUse.of(Usage.State.NEVER_USED, null).shown()).isEqualTo("never");
		assertThat(LastUse.of(Usage.State.UNKNOWN, null).shown()).isEqualTo("not recorded");
		assertThat(LastUse.of(Usage.State.USED, null).shown()).isEqualTo("not recorded");
		assertThat(LastUse.of(Usage.State.UNKNOWN, null).orNotKnown().shown()).isEqualTo("not recorded");
	}

	@Test
	void ofAKeyInNoInventoryAMailSaysThatItIsNotKnown() {
		LastUse none = new LastUse(null, null);
		assertThat(none.shown()).isNull();
		assertThat(none.text(Instant::toString)).isEmpty();
		assertThat(none.orNotKnown().text(Instant::toString)).isEqualTo("not known");
	}

}
