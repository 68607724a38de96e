package io.keysteward.disabling;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that loses its lock just when it changes a key: the change is taken back.
 */
class LostLockTests {

	private final ArmedRegister armed;

	LostLockTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
		this.armed.register.set("keysteward.disable.max-percent", "100");
	}

	@Test
	void aChangeInHandIsRolledBackAndTheNextStartSaysSo() throws Exception {
		this.armed.dead("dead-1").dead("dead-2").watched().warnedTwice("dead-1").warnedTwice("dead-2");
		CompletableFuture<Integer> run;
		try (PauseSignal stop = new PauseSignal(this.armed.register.keysDatabase(),
				"BEFORE UPDATE ON api_key FOR EACH ROW WHEN (NEW.status = 'disabled' AND NEW.id = 'dead-1')")) {
			run = CompletableFuture.supplyAsync(() -> this.armed.run("--disable"));
			stop.await();
			this.armed.register.governance()
				.sql("SELECT count(pg_terminate_backend(pid)) FROM keysteward.lock_holder")
				.query(Long.class)
				.single();
		}
		assertThat(run.get()).isEqualTo(1);
		assertThat(this.armed.register.err()).contains("lock was lost").hasLineCount(1);
		assertThat(this.armed.status("dead-1")).isEqualTo("active");
		assertThat(this.armed.status("dead-2")).isEqualTo("active");
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead-1 DUE DISABLED", "dead-2 DUE DISABLED");
	}

}
