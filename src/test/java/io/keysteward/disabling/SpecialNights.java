package io.keysteward.disabling;

import java.time.Duration;

/**
 * What goes wrong in which night of a simulation, and how it is put right afterwards.
 */
final class SpecialNights {

	static final int POLICY_CHANGES = 60;

	private final Nights nights;

	SpecialNights(Nights nights) {
		this.nights = nights;
	}

	/** Nobody noticed that the job was suspended. */
	static boolean nothingRuns(int night) {
		return night >= 65 && night <= 85;
	}

	static boolean onlyReports(int night) {
		return night == 20 || night == 21 || night == 100;
	}

	static boolean mailServerIsDown(int night) {
		return night >= 35 && night <= 37;
	}

	static boolean exemptionsAreUnreadable(int night) {
		return night == 40 || night == 41;
	}

	/** A run that started late judges as of an earlier instant. */
	static Duration late(int night) {
		return (night == 105) ? Duration.ofHours(3) : Duration.ZERO;
	}

	/**
	 * Does it.
	 * @return what puts it right
	 */
	Runnable before(int night) {
		if (mailServerIsDown(night)) {
			this.nights.mailServerAnswers(false);
			return () -> this.nights.mailServerAnswers(true);
		}
		if (exemptionsAreUnreadable(night)) {
			this.nights.configure("exemptions.yaml", (night == 40) ? "exemptions: [{id: EX-1, covers" : null);
		}
		return switch (night) {
			case 45 -> usage("NULL");
			case 52 -> usage("greatest(created_at, last_used_at - interval '60 days')");
			case 64 -> backup();
			case 92 -> loseRows();
			case 95 -> restoreBackup();
			case POLICY_CHANGES -> {
				this.nights.set("keysteward.policy.idle.violation", "30d");
				yield () -> {
				};
			}
			default -> () -> {
			};
		};
	}

	private Runnable usage(String broken) {
		change("CREATE TABLE sim.usage AS SELECT id, last_used_at FROM api_key");
		change("UPDATE api_key SET last_used_at = " + broken);
		return () -> {
			change("UPDATE api_key k SET last_used_at = u.last_used_at FROM sim.usage u WHERE u.id = k.id");
			change("DROP TABLE sim.usage");
		};
	}

	private Runnable loseRows() {
		SimulatedSource source = this.nights.sources().get(1);
		source.change("CREATE TABLE sim.lost AS SELECT * FROM api_key ORDER BY md5(id)"
				+ " LIMIT (SELECT count(*) * 3 / 10 FROM api_key)");
		source.change("DELETE FROM api_key WHERE id IN (SELECT id FROM sim.lost)");
		return () -> source.change("INSERT INTO api_key SELECT * FROM sim.lost");
	}

	private Runnable backup() {
		this.nights.sources().get(0).change("CREATE TABLE sim.backup AS SELECT * FROM api_key");
		return () -> {
		};
	}

	private Runnable restoreBackup() {
		SimulatedSource source = this.nights.sources().get(0);
		source.change("DELETE FROM api_key");
		source.change("INSERT INTO api_key SELECT * FROM sim.backup");
		return () -> {
		};
	}

	private void change(String sql) {
		this.nights.sources().forEach((source) -> source.change(sql));
	}

}
