package io.keysteward.endurance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import io.keysteward.notice.mail.SmtpStub;

/**
 * The points of all nine steps, and how some of them are chosen.
 */
final class Points {

	static final List<String> STEPS = List.of("openRun", "takeInventory", "reconcileFindings", "planDisabling",
			"disableKeys", "sendNotices", "writeReport", "sendReport", "closeRun");

	private static final String DEAD = "NEW.key_id = 'con-dead-2'";

	private static final String NEW_TOTALS = "BEFORE UPDATE ON keysteward.run FOR EACH ROW"
			+ " WHEN (NEW.totals IS NOT NULL AND OLD.totals IS DISTINCT FROM NEW.totals AND ";

	private static final String NOTICE = "BEFORE UPDATE ON keysteward.notice FOR EACH ROW WHEN (NEW.kind ";

	private Points() {
	}

	/**
	 * {@return all that are tied to something that the run does}
	 */
	static List<Point> tied() {
		List<Point> points = new ArrayList<>(opening());
		points.addAll(inventory());
		points.addAll(findings());
		points.addAll(disabling());
		points.addAll(mailing());
		points.addAll(ending());
		return points;
	}

	static Point named(String name) {
		return tied().stream().filter((point) -> point.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * {@return so many of them, from as many steps as there is room for}
	 */
	static List<Point> some(int count, Random random) {
		List<Point> shuffled = new ArrayList<>(tied());
		Collections.shuffle(shuffled, random);
		Map<String, List<Point>> bySteps = new LinkedHashMap<>();
		shuffled.forEach((point) -> bySteps.computeIfAbsent(point.step(), (step) -> new ArrayList<>()).add(point));
		List<Point> some = new ArrayList<>();
		for (int round = 0; some.size() < Math.min(count, shuffled.size()); round++) {
			for (List<Point> ofStep : bySteps.values()) {
				if (round < ofStep.size() && some.size() < count) {
					some.add(ofStep.get(round));
				}
			}
		}
		return some;
	}

	private static List<Point> opening() {
		return List.of(
				Point.governance("openRun", "the first execution is written",
						"BEFORE INSERT ON keysteward.batch_job_execution FOR EACH ROW"),
				Point.governance("openRun", "the run's row is written", "BEFORE INSERT ON keysteward.run FOR EACH ROW"),
				Point.finished("openRun", "its sources are committed",
						"AFTER INSERT ON keysteward.run_source DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"),
				Point.done("openRun"));
	}

	private static List<Point> inventory() {
		return List.of(
				Point.governance("takeInventory", "a key is stored",
						"BEFORE INSERT ON keysteward.key_record_now FOR EACH ROW WHEN (NEW.key_id = 'con-000011')"),
				Point.governance("takeInventory", "a key of the other source is stored",
						"BEFORE INSERT ON keysteward.key_record_now FOR EACH ROW WHEN (NEW.key_id = 'pay-new-1')"),
				Point.governance("takeInventory", "a key's row of the past is moved",
						"BEFORE INSERT ON keysteward.key_record_before FOR EACH ROW WHEN (NEW.source = 'payments')"),
				Point.governance("takeInventory", "a block is replaced",
						"BEFORE INSERT ON keysteward.key_block FOR EACH ROW WHEN (NEW.source = 'console')"),
				Point.governance("takeInventory", "a use of the past is stored",
						"BEFORE INSERT ON keysteward.key_use_before FOR EACH ROW WHEN (NEW.source = 'payments')"),
				Point.governance("takeInventory", "a source is noted as read", read("BEFORE UPDATE", "console", "")),
				Point.finished("takeInventory", "a source's last rows are committed",
						read("AFTER UPDATE", "payments", " DEFERRABLE INITIALLY DEFERRED")),
				Point.done("takeInventory", "sourceInventory:payments"), Point.done("takeInventory"));
	}

	private static String read(String event, String source, String deferred) {
		return event + " ON keysteward.run_source" + deferred
				+ " FOR EACH ROW WHEN (NEW.status = 'READ' AND NEW.source = '" + source + "')";
	}

	private static List<Point> findings() {
		return List.of(
				Point.governance("reconcileFindings", "a finding is opened",
						"BEFORE INSERT ON keysteward.finding_row FOR EACH ROW"),
				Point.governance("reconcileFindings", "a finding is resolved",
						"BEFORE UPDATE ON keysteward.finding_row FOR EACH ROW WHEN (NEW.status = 'RESOLVED')"),
				Point.finished("reconcileFindings", "its events are committed",
						"AFTER INSERT ON keysteward.finding_event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
								+ " WHEN (NEW.event = 'RESOLVED')"),
				Point.governance("reconcileFindings", "the totals are stored", NEW_TOTALS + "OLD.totals IS NULL)"),
				Point.done("reconcileFindings"));
	}

	private static List<Point> disabling() {
		return List.of(
				Point.governance("planDisabling", "a plan is stored",
						"BEFORE INSERT ON keysteward.key_action FOR EACH ROW WHEN (" + DEAD + ")"),
				Point.finished("planDisabling", "the plans are committed",
						"AFTER INSERT ON keysteward.key_action DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (" + DEAD
								+ ")"),
				Point.governance("planDisabling", "a plan of an earlier run is ended",
						"BEFORE UPDATE ON keysteward.key_action FOR EACH ROW WHEN (NEW.until_run < OLD.until_run)"),
				Point.done("planDisabling"), Point.governance("disableKeys", "a key is intended", intended()),
				Point.finished("disableKeys", "a key is intended", intended()),
				Point.source("disableKeys", "a key is changed", changed("BEFORE", ""), true),
				Point.governance("disableKeys", "what takes it back is stored", undo()),
				Point.finished("disableKeys", "what takes it back is stored", undo()),
				Point.source("disableKeys", "the change is committed",
						changed("AFTER", "DEFERRABLE INITIALLY DEFERRED "), true),
				Point.source("disableKeys", "the change is committed",
						changed("AFTER", "DEFERRABLE INITIALLY DEFERRED "), false),
				Point.governance("disableKeys", "its outcome is stored", outcome()),
				Point.finished("disableKeys", "its outcome is stored", outcome()),
				Point.governance("disableKeys", "the totals are stored", NEW_TOTALS + "OLD.totals IS NOT NULL)"),
				Point.done("disableKeys"));
	}

	private static String intended() {
		return "BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (OLD.intended_at IS NULL AND NEW.intended_at IS NOT NULL AND " + DEAD + ")";
	}

	private static String changed(String time, String deferred) {
		return time + " UPDATE ON api_key " + deferred + "FOR EACH ROW"
				+ " WHEN (NEW.status = 'disabled' AND NEW.id = 'con-dead-2')";
	}

	private static String undo() {
		return "BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (OLD.undo IS NULL AND NEW.undo IS NOT NULL AND " + DEAD + ")";
	}

	private static String outcome() {
		return "BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
				+ " WHEN (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL AND " + DEAD + ")";
	}

	private static List<Point> mailing() {
		return List.of(
				Point.governance("sendNotices", "a mail is queued",
						"BEFORE INSERT ON keysteward.notice FOR EACH ROW WHEN (NEW.recipient LIKE 'owner-4@%')"),
				Point.governance("sendNotices", "a mail goes out", NOTICE + "<> 'REPORT' AND NEW.status = 'SENDING')"),
				silent("sendNotices", "owner-3@example.com"),
				Point.governance("sendNotices", "a mail is noted as sent",
						NOTICE + "= 'WARNING' AND NEW.status = 'SENT' AND NEW.recipient LIKE 'owner-2@%')"),
				Point.finished(
						"sendNotices", "a mail is noted as sent", NOTICE + "= 'DISABLED' AND NEW.status = 'SENT')"),
				Point.done("sendNotices"),
				Point.governance("sendReport", "the mail is queued",
						"BEFORE INSERT ON keysteward.notice FOR EACH ROW WHEN (NEW.kind = 'REPORT')"),
				Point.governance("sendReport", "the mail goes out", NOTICE + "= 'REPORT' AND NEW.status = 'SENDING')"),
				silent("sendReport", "security@example.com"),
				Point.governance("sendReport", "the mail is noted as sent",
						NOTICE + "= 'REPORT' AND NEW.status = 'SENT')"),
				Point.finished("sendReport", "the mail is noted as sent",
						NOTICE + "= 'REPORT' AND NEW.status = 'SENT')"),
				Point.done("sendReport"));
	}

	/** The mail server takes the connection, and says nothing about a recipient. */
	static Point silent(String step, String recipient) {
		String line = "RCPT TO:<" + recipient + ">";
		return new Point(step, "the mail server does not answer", (company) -> {
			company.mail().answering(line, SmtpStub.HANG);
			return new PausePoint() {
				@Override
				public boolean reached() {
					return company.mail().commands().contains(line);
				}

				@Override
				public boolean patient() {
					return true;
				}

				@Override
				public void close() {
					company.mail().answering(line, "250 ok");
				}
			};
		});
	}

	private static List<Point> ending() {
		return List.of(file("writeReport", "its temporary file is there", "\\.keysteward-.*\\.part"),
				file("writeReport", "it has its name", "keysteward-[\\d-]+" + Company.RUN + "\\.xlsx"),
				Point.governance("writeReport", "its hash is stored",
						"BEFORE INSERT OR UPDATE ON keysteward.run_report FOR EACH ROW WHEN (NEW.sha256 IS NOT NULL)"),
				Point.into("writeReport", 200), Point.done("writeReport"),
				Point.governance("closeRun", "the run is complete", complete("BEFORE", "")),
				Point.finished("closeRun", "the run is complete", complete("BEFORE", "")), Point.done("closeRun"),
				Point.governance("closeRun", "the execution is noted as done",
						"BEFORE UPDATE ON keysteward.batch_job_execution FOR EACH ROW WHEN (NEW.status = 'COMPLETED')"));
	}

	private static Point file(String step, String name, String file) {
		return new Point(step, name, (company) -> PausePoint.file(company.reports(), Pattern.compile(file)));
	}

	private static String complete(String time, String deferred) {
		return time + " UPDATE ON keysteward.run " + deferred + "FOR EACH ROW WHEN (NEW.status = 'COMPLETE')";
	}

}
