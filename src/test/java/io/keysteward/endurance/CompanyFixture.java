package io.keysteward.endurance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;

/**
 * What is in the two registers of a company: keys of every kind of finding, some that are
 * to be disabled, and what changes before the run.
 */
final class CompanyFixture {

	/** So many keys of each source are to be disabled. */
	static final int TOLD = 4;

	private static final String SWITCHED = """
			CREATE TABLE public.switched (id text);
			GRANT INSERT ON public.switched TO PUBLIC;
			CREATE FUNCTION public.switched() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN INSERT INTO public.switched VALUES (NEW.id); RETURN NULL; END $$
			""";

	private static final String ON_SWITCH = """
			CREATE TRIGGER switched AFTER UPDATE OF status ON api_key FOR EACH ROW
			WHEN (NEW.status = 'disabled') EXECUTE FUNCTION public.switched()
			""";

	/**
	 * Every tenth key is idle, unnamed or an orphan; of the others nothing is to be said.
	 */
	private static final String KEYS = """
			INSERT INTO project (id, name, deleted_at)
			SELECT 'p-' || n, 'Project ' || n, CASE WHEN n = 9 THEN now() - interval '60 d' END
			FROM generate_series(0, 9) n;
			INSERT INTO account (id, name, email)
			SELECT 'u-' || n, 'Owner ' || n, 'owner-' || n || '@example.com' FROM generate_series(0, 5) n;
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at, kind)
			SELECT '%1$s-' || lpad(n::text, 6, '0'), CASE WHEN n %% 10 = 1 THEN 'test' ELSE 'service ' || n END,
			       'sk-a****9xQ2', 'p-' || CASE WHEN n %% 10 = 2 THEN 9 ELSE n %% 9 END, 'u-' || n / 10 %% 6,
			       '%2$s'::timestamptz - interval '300 d',
			       '%2$s'::timestamptz - CASE WHEN n %% 10 = 0 THEN interval '200 d' ELSE interval '22 d' END,
			       CASE WHEN n %% 50 = 3 THEN 'odd' ELSE 'personal' END
			FROM generate_series(1, %3$d) n;
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
			SELECT '%1$s-dead-' || n, 'forgotten ' || n, 'sk-a****9xQ2', 'p-1', 'u-' || n %% 2,
			       '%2$s'::timestamptz - interval '300 d', '%2$s'::timestamptz - interval '200 d'
			FROM generate_series(1, %4$d) n
			""";

	/** What has happened since the last run. */
	private static final String CHANGES = """
			UPDATE api_key SET last_used_at = '%2$s'::timestamptz - interval '10 min'
			WHERE id LIKE '%%0010' OR id LIKE '%%0007';
			UPDATE api_key SET name = 'named ' || id WHERE id LIKE '%%0011' OR id LIKE '%%0021';
			DELETE FROM api_key WHERE id LIKE '%%0020';
			UPDATE api_key SET created_at = '%2$s'::timestamptz + interval '1 d' WHERE id LIKE '%%0005';
			INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at)
			SELECT '%1$s-new-' || n, 'test', 'sk-a****9xQ2', 'p-1', 'u-1', '%2$s'::timestamptz - interval '1 d'
			FROM generate_series(1, 20) n
			""";

	/** Owners have been told of the keys that are to be disabled. */
	private static final String NOTICES = """
			WITH dead AS (
			  SELECT * FROM keysteward.key_snapshot
			  WHERE key_id LIKE '%-dead-%' AND run_id = (SELECT max(run_id) FROM keysteward.run)),
			sent AS (
			  INSERT INTO keysteward.notice (run_id, kind, recipient, message_id, status, sent_at)
			  SELECT (SELECT min(run_id) FROM keysteward.run), k.kind, o.owner_email,
			         '<' || k.kind || '.' || o.owner_email || '>', 'SENT', :asOf::timestamptz - k.ago
			  FROM (SELECT DISTINCT owner_email FROM dead) o,
			       (VALUES ('WARNING', interval '20 d'), ('FINAL', interval '8 d')) AS k (kind, ago)
			  RETURNING notice_id, recipient, sent_at)
			INSERT INTO keysteward.notice_key (notice_id, source, key_id, announced_at, contact)
			SELECT notice_id, source, key_id, sent_at,
			       keysteward.key_contact(owner_id, owner_email, owner_state, project_id)
			FROM sent JOIN dead ON owner_email = recipient
			""";

	/** The runs of the past have read the sources on their days. */
	private static final String READ_THEN = """
			UPDATE keysteward.run_source s SET snapshot_at = as_of FROM keysteward.run r WHERE r.run_id = s.run_id
			""";

	private final Register register;

	private final Instant asOf;

	private final List<TestDatabase> sources;

	CompanyFixture(Register register, Instant asOf) {
		this.register = register;
		this.asOf = asOf;
		this.sources = List.of(register.keysDatabase(), second(register));
	}

	/** Each gets so many keys, and a note of every key that is switched off. */
	void fill(int keys) {
		this.register.keys().sql(SWITCHED).update();
		for (TestDatabase source : this.sources) {
			source.jdbc().sql(ON_SWITCH).update();
			source.jdbc().sql(KEYS.formatted(prefix(source), this.asOf, keys, TOLD)).update();
		}
	}

	/** Somebody has used some keys just before. */
	void use(Instant then) {
		for (TestDatabase source : this.sources) {
			source.jdbc()
				.sql("UPDATE api_key SET last_used_at = :at::timestamptz WHERE id LIKE '%0007'")
				.param("at", then.minus(Duration.ofMinutes(10)).toString())
				.update();
		}
	}

	/** A run has seen it. */
	void seen() {
		this.register.governance().sql(READ_THEN).update();
	}

	void change() {
		for (TestDatabase source : this.sources) {
			source.jdbc().sql(CHANGES.formatted(prefix(source), this.asOf)).update();
		}
		this.register.governance().sql(NOTICES).param("asOf", this.asOf.toString()).update();
	}

	/** A second register beside the first, in a schema of its own. */
	private static TestDatabase second(Register register) {
		TestDatabase database = register.keysDatabase();
		database.jdbc().sql("CREATE SCHEMA payments; GRANT USAGE ON SCHEMA payments TO PUBLIC").update();
		TestDatabase payments = database.in("payments");
		Register.create(payments);
		register.source(1, "payments", database.as("keysteward_disabler").in("payments"));
		return payments;
	}

	private static String prefix(TestDatabase source) {
		return source.url().contains("payments") ? "pay" : "con";
	}

}
