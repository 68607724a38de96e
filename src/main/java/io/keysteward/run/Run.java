package io.keysteward.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One pass of the job, as it is stored.
 *
 * @param id the row's id; grows from run to run
 * @param key the name by which it is started and continued
 * @param asOf the one instant against which everything is judged, UTC
 * @param origin how it came about
 * @param scope what it reads
 * @param judgedBy its policy and exemptions
 * @param baselineId the run that its changes are counted from; null: there is none
 * @param state how it stands
 * @param totals the control totals; null until findings are reconciled
 * @param reports what was written of it, by the words of their formats; none until then
 */
public record Run(long id, String key, Instant asOf, RunOrigin origin, RunScope scope, RunPolicy judgedBy,
		@Nullable Long baselineId, RunState state, @Nullable Totals totals, List<StoredReport> reports) {

	public RunMode mode() {
		return this.origin.mode();
	}

	public String policySha256() {
		return this.judgedBy.sha256();
	}

	public PolicyDocument policy() {
		return this.judgedBy.document();
	}

	public @Nullable String exemptionsSha256() {
		return this.judgedBy.exemptionsSha256();
	}

	public List<String> sources() {
		return this.scope.sources();
	}

	public List<String> projects() {
		return this.scope.projects();
	}

	public boolean narrowed() {
		return this.scope.narrowed();
	}

	public RunStatus status() {
		return this.state.status();
	}

	/**
	 * {@return its report of a format, if it was ever written}
	 */
	public Optional<StoredReport> report(String format) {
		return this.reports.stream().filter((report) -> report.format().equals(format)).findFirst();
	}

	/**
	 * {@return where its reports are, those that were not removed}
	 */
	public List<String> reportPaths() {
		return this.reports.stream().map(StoredReport::path).filter(Objects::nonNull).toList();
	}

	/**
	 * {@return the key, and before it the day of the as-of (UTC) where it does not name
	 * it itself: the name of a Job says no day}
	 * @param separator between them
	 */
	public String dated(String separator) {
		return dated(this.key, this.asOf, separator);
	}

	/**
	 * {@return the same of a run that is not stored yet}
	 */
	public static String dated(String key, Instant asOf, String separator) {
		String day = LocalDate.ofInstant(asOf, ZoneOffset.UTC).toString();
		return key.contains(day) ? key : day + separator + key;
	}

}
