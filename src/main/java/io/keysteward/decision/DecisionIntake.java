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
import java.util.function.Function;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.insight.Rows;
import io.keysteward.key.KeyId;
import io.keysteward.policy.ExemptionSettings;
import io.keysteward.report.RunContent;
import io.keysteward.report.RunContents;
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

	private final Runs runs;

	private final RunContents contents;

	private final Decisions decisions;

	private final ExemptionSettings exemptions;

	private final UnflaggedKeys unflagged;

	DecisionIntake(Runs runs, RunContents contents, Decisions decisions, ExemptionSettings exemptions,
			UnflaggedKeys unflagged) {
		this.runs = runs;
		this.contents = contents;
		this.decisions = decisions;
		this.exemptions = exemptions;
		this.unflagged = unflagged;
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
					understood.population(), by), unstored);
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
		Run newest = this.runs.lastComplete().filter((last) -> last.id() != run.id()).orElse(null);
		EvidenceCheck evidence = new EvidenceCheck(form, rows, newest != null);
		long population = compare(shown, run, rows.mark(), evidence);
		Faults faults = rows.faults();
		evidence.addEdited(faults);
		Map<String, List<String>> since = (newest != null) ? since(newest, evidence) : Map.of();
		Decisions.Applied applied = this.decisions.applied(sha256).orElse(null);
		DecisionReader decisions = new DecisionReader(run, newest, now,
				new AnswerReader(run.asOf(), this.exemptions.maxLifetime(), form.since1904(), refusal),
				this.decisions.standing(evidence.keys().values().stream().map(FlaggedRow::key).toList()), sha256,
				applied != null);
		List<DecisionRow> decided = new ArrayList<>();
		rows.decided()
			.forEach((mark, row) -> decisions.read(row, evidence.key(mark), since.get(mark), faults)
				.ifPresent(decided::add));
		if (!sha256.equals(sha256(file))) {
			throw Failure.retry(shown + ": was saved while it was read; start decide again", null);
		}
		return new Understanding(shown, sha256, run, population, decided, faults.lines(), rows.hidden(),
				rows.remarks().stream().map(Place::words).toList(), newest, applied);
	}

	private Run run(String shown, RowMark mark) {
		Run run = this.runs.find(mark.runKey())
			.orElseThrow(() -> Failure.configuration(shown + ": is of run " + SafeText.shortened(mark.runKey())
					+ ", which is not a run of this installation; the command runs lists them"));
		if (run.status() == RunStatus.SET_ASIDE) {
			throw Failure.configuration(shown + ": is of run " + run.key()
					+ ", which is set aside: what it judged does not count; decide in the workbook of another run");
		}
		return run;
	}

	/**
	 * {@return the number of the run's flagged keys}
	 */
	private long compare(String shown, Run run, RowMark mark, EvidenceCheck evidence) {
		try (RunContent content = open(shown, run)) {
			String installation = content.installation();
			if (!installation.equals(mark.installation())) {
				throw Failure.configuration(
						shown + ": was written by another installation (" + SafeText.shortened(mark.installation())
								+ "; this one is " + installation + "); take it to that one");
			}
			Rows<FlaggedKey> flagged = content.findings();
			flagged.each(evidence::compare);
			return flagged.count();
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
	 * {@return what a later run shows otherwise of the keys of the decisions, by their
	 * marks}
	 */
	private Map<String, List<String>> since(Run run, EvidenceCheck evidence) {
		Map<String, List<String>> found = new HashMap<>();
		try (RunContent content = this.contents.open(run)) {
			content.findings().each((key) -> {
				String mark = EvidenceCheck.mark(key);
				FlaggedRow before = evidence.key(mark);
				if (before != null) {
					found.put(mark, before.changed(key));
				}
			});
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("The stored run cannot be read", ex);
		}
		Map<String, FlaggedRow> others = new HashMap<>(evidence.keys());
		others.keySet().removeAll(found.keySet());
		Map<KeyId, String> unflagged = this.unflagged.find(run, List.copyOf(others.values()));
		others.forEach((mark, key) -> found.put(mark, List.of(String.valueOf(unflagged.get(key.key())))));
		return found;
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

}
