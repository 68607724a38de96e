package io.keysteward.disabling.gate;

import java.util.ArrayList;
import java.util.List;

import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.KeyGates;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A gate that is missing is one that is open for every key.
 */
class KeyGatesTests {

	private static final List<KeyGate> ALL = List.of(new ExemptGate(), new KindGate(), new ReferencedGate(),
			new LevelGate(), new ReenabledGate(), new ApprovalGate(), new SeenBeforeGate(), new NoticeGate());

	@Test
	void withoutOneOfTheGatesNothingIsPlanned() {
		for (KeyGate missing : ALL) {
			List<KeyGate> others = new ArrayList<>(ALL);
			others.remove(missing);
			assertThatExceptionOfType(IllegalStateException.class).as(missing.gate().name())
				.isThrownBy(() -> new KeyGates(others));
		}
	}

	@Test
	void noGateIsThereTwice() {
		List<KeyGate> twice = new ArrayList<>(ALL);
		twice.add(new KindGate());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> new KeyGates(twice))
			.withMessageContaining(
					"There must be one gate for each of [EXEMPT, KIND, REFERENCED, LEVEL, REENABLED, APPROVAL, SEEN_BEFORE, NOTICE]");
	}

}
