package io.keysteward.disabling;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.Usage;
import io.keysteward.source.InMemorySource;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RehearsalTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T00:00:00Z");

	private final InMemorySource source = new InMemorySource("console", Clock.fixed(AS_OF, ZoneOffset.UTC));

	@Test
	void aKeyIsSwitchedOffAndOnAndStaysAsItWas() {
		this.source.put(key("k", "ann"));
		Rehearsal rehearsal = rehearse(key("k", "ann"));
		assertThat(rehearsal.words()).isEqualTo("rehearsed with key k: disabled, restored, rolled back");
		assertThat(this.source.keySwitch(Set.of()).isOn("k")).isTrue();
	}

	@Test
	void whatHasChangedMeanwhileLeavesTheNextKeyToTry() {
		this.source.put(key("moved", "bob")).put(key("k", "ann"));
		assertThat(rehearse(key("gone", "ann"), key("moved", "ann"), key("k", "ann")).words())
			.isEqualTo("rehearsed with key k: disabled, restored, rolled back");
		Rehearsal none = rehearse(key("gone", "ann"), key("moved", "ann"));
		assertThat(none.failure()).isNull();
		assertThat(none.words()).isEqualTo("nothing could be rehearsed: no key is as it was read a moment ago, such as"
				+ " moved: owner_id was 'ann', is 'bob'");
	}

	@Test
	void withoutAKeyThereIsNothingToRehearse() {
		assertThat(rehearse().words())
			.isEqualTo("nothing could be rehearsed: it has no active key that may be disabled");
	}

	@Test
	void whoDoesNotAnswerMayAnswerLaterAndWhoCannotDisableNeverDoes() {
		assertThat(rehearse(this.source.fails(Failure.retry("it is down", null)), key("k", "ann")).isTransient())
			.isTrue();
		Rehearsal never = rehearse(new InMemorySource("x", Clock.systemUTC()).cannotDisable("disable.sql is missing"),
				key("k", "ann"));
		assertThat(never.isTransient()).isFalse();
		assertThat(never.words()).isEqualTo("source 'x': disable.sql is missing");
	}

	private Rehearsal rehearse(KeyRecord... keys) {
		return rehearse(this.source, keys);
	}

	private static Rehearsal rehearse(InMemorySource source, KeyRecord... keys) {
		return Rehearsal.perform(source, List.of(keys), 7, AS_OF);
	}

	private static KeyRecord key(String id, String owner) {
		return new KeyRecord(new KeyId("console", id), null, null, Project.NONE, new Owner(owner, null, null, null),
				null, Usage.NEVER_USED, null, KeyStatus.ACTIVE, null, null, null, null);
	}

}
