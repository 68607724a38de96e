package io.keysteward.decision;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.key.KeyId;
import io.keysteward.policy.ExemptionSettings;
import io.keysteward.report.RunContent;
import io.keysteward.report.RunContents;
import io.keysteward.report.workbook.FindingsForm;
import io.keysteward.report.workbook.RowMark;
import io.keysteward.run.Run;
import io.keysteward.run.RunStatus;
import io.keysteward.run.Runs;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Takes a filled workbook back: holds each row against the run that wrote it, reads the
 * decisions, and stores them all or none.
 */
@Component
public class DecisionIntake {

	/**
	 * So many rows with edited cells are named; of more it is said how many there are.
	 */
	private static final int MOST_EDITED = 1000;

	private final Runs runs;

	private final RunContents contents;

	private final Decisions decisions;

	private final ExemptionSettings exemptions;

	DecisionIntake(Runs runs, RunContents contents, Decisions decisions, ExemptionSettings exemptions) {
		this.runs = runs;
		this.contents = contents;
		this.decisions = decisions;
		this.exemptions = exemptions;
	}

	/**
	 * Stores what was understood and is not stored yet, if nothing is wrong with it.
	 * @param understood a workbook's decisions, without a fault
	 * @param by who has it applied
	 */
	public void store(Understanding understood, String by) {
		if (!understood.faults().isEmpty()) {
			throw new IllegalStateException("There are faults");
		}
		List<Decided> unstored = understood.unstored();
		if (!unstored.isEmpty()) {
			this.decisions.store(new DecisionFile(understood.run().id(), understood.file(), understood.sha256(),
					understood.population(), understood.rows().size(), by), unstored);
		}
	}

	/**
	 * {@return what was understood of a workbook; nothing is stored}
	 * @param file the workbook
	 * @param now the instant at which it is read
	 * @param refusal why an address cannot be a new owner's; null: it can
	 * @throws Failure where it is no filled workbook of a run that is kept here
	 */
	public Understanding understand(Path file, Instant now, Function<String, @Nullable String> refusal) {
		String shown = SafeText.visible(String.valueOf(file.getFileName()));
		String sha256 = sha256(file);
		FilledForm form = new FilledForm(file);
		FormRows rows = FormRows.read(shown, form);
		Run run = run(shown, rows.mark());
		Reading reading = new Reading(form, rows);
		long population = hold(shown, run, reading);
		reading.nameEdited();
		Optional<Run> newest = this.runs.lastComplete().filter((last) -> last.id() != run.id());
		Map<String, FlaggedKey> later = newest.map((last) -> flagged(last, rows)).orElse(Map.of());
		Map<KeyId, Decisions.Standing> standing = this.decisions.standing();
		AnswerReader answers = new AnswerReader(run.asOf(), this.exemptions.maxLifetime(), form.since1904(), refusal);
		Decisions.Applied applied = this.decisions.applied(sha256).orElse(null);
		List<DecisionRow> decided = new ArrayList<>();
		rows.decided().forEach((mark, row) -> {
			FlaggedKey key = reading.keys.get(mark);
			if (key == null) {
				reading.faults.add(row.place() + ": run " + run.key()
						+ " has flagged no such key; copy the whole row from" + " its report");
				return;
			}
			answers.read(row.answers(), (fault) -> reading.faults.add(row.place() + ": " + fault))
				.ifPresent((answer) -> {
					KeyId id = new KeyId(key.source(), key.keyId());
					Decided made = new Decided(id, key.createdAt(), answer.kind(), answer.endsAt(), answer.newOwner(),
							answer.reason(), answer.decidedBy());
					Decisions.Standing stands = standing.get(id);
					Decisions.Last last = (stands != null) ? stands.like(made.kind()) : null;
					boolean stored = applied != null
							|| last != null && last.runKey().equals(run.key()) && last.decided().equals(made);
					if (!stored) {
						requireTimely(row.place(), run, made, last, now, reading.faults);
					}
					decided.add(new DecisionRow(row.place(), key, made, (last != null) ? last.decided() : null, stored,
							since(key, newest.orElse(null), later.get(mark))));
				});
		});
		if (!sha256.equals(sha256(file))) {
			throw Failure.retry(shown + ": was saved while it was read; start decide again", null);
		}
		return new Understanding(shown, sha256, run, population, decided, reading.faults, rows.hidden(), rows.remarks(),
				newest.orElse(null), applied);
	}

	private static void requireTimely(String place, Run run, Decided made, Decisions.@Nullable Last last, Instant now,
			List<String> faults) {
		if (last != null && last.asOf().isAfter(run.asOf())) {
			faults.add(place + ": " + SafeText.shortened(last.decided().decidedBy()) + " has decided '"
					+ last.decided().kind().word() + "' about this key in the later workbook of run " + last.runKey()
					+ "; decide in that one, or in a later one");
		}
		if (made.endsAt() != null && !made.endsAt().isAfter(now)) {
			faults.add(place + ": " + FindingsForm.UNTIL + " has passed; decide in a later workbook");
		}
	}

	private Run run(String shown, RowMark mark) {
		Run run = this.runs.find(mark.runKey())
			.orElseThrow(() -> Failure.configuration(shown + ": is of run " + SafeText.shortened(mark.runKey())
					+ ", which is not a run of this installation; the command runs lists them"));
		if (run.status() == RunStatus.SET_ASIDE) {
			throw Failure.configuration(shown + ": is of run " + run.key()
					+ ", which is set aside: what it judged does not count; decide in the workbook of a later run");
		}
		return run;
	}

	/**
	 * {@return the number of the run's flagged keys}
	 */
	private long hold(String shown, Run run, Reading reading) {
		try (RunContent content = open(shown, run)) {
			String installation = content.installation();
			if (!installation.equals(reading.rows.mark().installation())) {
				throw Failure.configuration(shown + ": was written by another installation ("
						+ SafeText.shortened(reading.rows.mark().installation()) + "; this one is " + installation
						+ "); take it to that one");
			}
			content.findings().each(reading::hold);
			return content.findings().count();
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("The stored run cannot be read", ex);
		}
	}

	private RunContent open(String shown, Run run) {
		try {
			return this.contents.open(run);
		}
		catch (Failure failure) {
			// Its inventory is not kept any more.
			throw failure.withMessage(shown + ": " + failure.line() + ", and nobody can say whether the file shows what"
					+ " the run found; decide in the workbook of a later run");
		}
	}

	/**
	 * {@return the keys of the decisions that a later run has flagged, by their marks}
	 */
	private Map<String, FlaggedKey> flagged(Run run, FormRows rows) {
		Map<String, FlaggedKey> found = new HashMap<>();
		try (RunContent content = this.contents.open(run)) {
			content.findings().each((key) -> {
				String mark = mark(key);
				if (rows.decided().containsKey(mark)) {
					found.put(mark, key);
				}
			});
			return found;
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("The stored run cannot be read", ex);
		}
	}

	private static List<String> since(FlaggedKey key, @Nullable Run newest, @Nullable FlaggedKey later) {
		if (newest == null) {
			return List.of();
		}
		if (!newest.sources().contains(key.source())) {
			return List.of("run " + newest.key() + " has not read its source");
		}
		return (later == null) ? List.of("run " + newest.key() + " has no finding for it")
				: new Evidence(FindingsForm.texts(key)).changed(new Evidence(FindingsForm.texts(later)));
	}

	private static String mark(FlaggedKey key) {
		return RowMark.keyMark(new KeyId(key.source(), key.keyId()));
	}

	private static String sha256(Path file) {
		MessageDigest digest = Sha256.digest();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			in.transferTo(OutputStream.nullOutputStream());
			return Sha256.hex(digest);
		}
		catch (NoSuchFileException ex) {
			throw Failure.configuration(SafeText.visible(file.toString())
					+ ": there is no such file; name the workbook that" + " was filled in");
		}
		catch (IOException ex) {
			throw Failure.configuration(SafeText.visible(file.toString()) + ": cannot be read: "
					+ (Files.isDirectory(file) ? "it is a directory" : ex.getClass().getSimpleName())
					+ "; name the workbook that was filled in");
		}
	}

	/** A workbook that is held against its run. */
	private static final class Reading {

		private final FilledForm form;

		private final FormRows rows;

		private final List<String> faults;

		/** The flagged keys of the decisions, by their marks. */
		private final Map<String, FlaggedKey> keys = new HashMap<>();

		/** What the report has of rows whose evidence is another one, by their marks. */
		private final Map<String, Evidence> others = new HashMap<>();

		private long more;

		private Reading(FilledForm form, FormRows rows) {
			this.form = form;
			this.rows = rows;
			this.faults = new ArrayList<>(rows.faults());
		}

		private void hold(FlaggedKey key) {
			String mark = mark(key);
			String digest = this.rows.digest(mark);
			if (digest == null) {
				return;
			}
			if (this.rows.decided().containsKey(mark)) {
				this.keys.put(mark, key);
			}
			Evidence report = new Evidence(FindingsForm.texts(key));
			if (!report.digest().equals(digest)) {
				if (this.others.size() < MOST_EDITED) {
					this.others.put(mark, report);
				}
				else {
					this.more++;
				}
			}
		}

		/** Names each edited cell. */
		private void nameEdited() {
			if (this.others.isEmpty()) {
				return;
			}
			this.form.each((row) -> {
				Evidence report = RowMark.parse(row.mark())
					.filter((mark) -> mark.isOfSameRun(this.rows.mark()))
					.map((mark) -> this.others.get(mark.key()))
					.orElse(null);
				if (report != null) {
					new Evidence(row.evidence()).withTimes(report, this.form.since1904())
						.edited(report)
						.forEach((line) -> this.faults.add(row.place() + ": " + line));
				}
			});
			if (this.more > 0) {
				this.faults.add("and " + this.more + " more rows that are not as the report has them");
			}
		}

	}

}
