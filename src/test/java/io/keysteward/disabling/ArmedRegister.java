package io.keysteward.disabling;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keysteward.Register;
import io.keysteward.RunHistory;

/**
 * A register in which keys have been idle for a while, runs have seen it, and owners have
 * been told: the next run, as of now, may disable.
 */
public final class ArmedRegister {

	/** Takes what owners are told. One for all: it ends with the tests. */
	private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	private static final String FORMATS = "keysteward.report.formats";

	/** Of all: what was found at the same time can be found again. */
	private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	static {
		MAIL.start();
	}

	public final Register register;

	final Instant now = NOW;

	public ArmedRegister(Path directory) {
		this.register = new Register(directory).set("keysteward.disable.armed", "true")
			.set("keysteward.disable.max-keys", "20")
			.set("keysteward.disable.max-percent", "50")
			.set("keysteward.notices.max-percent", "100")
			.set("keysteward.policy.projects.max-keys", "50");
		this.register.mail(MAIL.getSmtp().getPort()).set("keysteward.mail.warn-owners", "true");
		this.register.key("alive-1", ago(400), ago(60));
		this.register.key("alive-2", ago(400), ago(60));
	}

	public String ago(long days) {
		return this.now.minus(Duration.ofDays(days)).toString();
	}

	/** A key that has not been used for a long time. */
	public ArmedRegister dead(String id) {
		this.register.key(id, ago(400), ago(200));
		return this;
	}

	/** Report runs of the last month; each finds that somebody has used the live keys. */
	public ArmedRegister watched() {
		RunHistory.of(this.register, "watched", this::watchedAnew);
		return this;
	}

	/** The same, in databases that no other test gets. */
	public ArmedRegister watchedAnew() {
		return watched("true");
	}

	/** The same as of the last month, and in truth one after the other tonight. */
	ArmedRegister watchedTonight() {
		return watched("false");
	}

	/**
	 * Runs as of the last month.
	 * @param thatDay a condition: for which of these runs the source was read that day
	 */
	ArmedRegister watched(String thatDay) {
		// Quicker than a workbook, and nobody reads it.
		boolean unsaid = !this.register.properties().containsKey(FORMATS);
		if (unsaid) {
			this.register.set(FORMATS, "json");
		}
		for (int days : List.of(30, 21, 12, 3)) {
			use(this.now.minus(Duration.ofDays(days)));
			this.register.execute("run", "--as-of=" + ago(days), "--run-key=before-" + days);
			this.register.governance()
				.sql("UPDATE keysteward.run_source s SET snapshot_at = as_of FROM keysteward.run r"
						+ " WHERE r.run_id = s.run_id AND snapshot_at > as_of AND " + thatDay)
				.update();
		}
		use(this.now);
		if (unsaid) {
			this.register.unset(FORMATS);
		}
		return this;
	}

	private void use(Instant asOf) {
		this.register.keys()
			.sql("UPDATE api_key SET last_used_at = :at::timestamptz WHERE id LIKE 'alive%'")
			.param("at", asOf.minus(Duration.ofMinutes(10)).toString())
			.update();
	}

	/** Each key that is switched off becomes a row of the table {@code switched}. */
	public void noteSwitches() {
		this.register.keys().sql("""
				CREATE TABLE switched (id text);
				GRANT INSERT ON switched TO PUBLIC;
				CREATE FUNCTION switched() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN INSERT INTO switched VALUES (NEW.id); RETURN NULL; END $$;
				CREATE TRIGGER switched AFTER UPDATE OF status ON api_key FOR EACH ROW
				WHEN (NEW.status = 'disabled') EXECUTE FUNCTION switched()
				""").update();
	}

	/** The owner of a key was warned both times. */
	public ArmedRegister warnedTwice(String id) {
		notice(id, "WARNING", 20);
		notice(id, "FINAL", 8);
		return this;
	}

	void notice(String id, String kind, long days) {
		this.register.governance()
			.sql("""
					WITH n AS (INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, sent_at)
					           SELECT min(run_id), :kind, 'ada@example.com', :message, 'SENT', :at::timestamptz
					           FROM keysteward.run RETURNING notice_id)
					INSERT INTO keysteward.notice_key (notice_id, source, key_id, announced_at, contact)
					SELECT n.notice_id, k.source, k.key_id, :at::timestamptz,
					       keysteward.key_contact(k.owner_id, k.owner_email, k.owner_state, k.project_id)
					FROM n, keysteward.key_snapshot k
					WHERE k.key_id = :key AND k.run_id = (SELECT max(run_id) FROM keysteward.run)
					""")
			.param("kind", kind)
			.param("message", kind + days + id)
			.param("at", ago(days))
			.param("key", id)
			.update();
	}

	public int run(String... options) {
		String[] args = new String[options.length + 2];
		args[0] = "run";
		args[1] = "--run-key=tonight";
		System.arraycopy(options, 0, args, 2, options.length);
		return this.register.execute(args);
	}

	public String status(String id) {
		return this.register.keys()
			.sql("SELECT status FROM api_key WHERE id = :id")
			.param("id", id)
			.query(String.class)
			.single();
	}

	/** What was decided and done, as {@code key decision gates outcome}. */
	public List<String> actions() {
		return this.register.governance().sql("""
				SELECT concat_ws(' ', key_id, decision, nullif(array_to_string(closed_gates, ','), ''), outcome)
				FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a
				WHERE r.run_key = 'tonight' ORDER BY key_id
				""").query(String.class).list();
	}

}
