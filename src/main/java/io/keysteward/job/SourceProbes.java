package io.keysteward.job;

import java.util.List;
import java.util.Optional;

import io.keysteward.policy.Policy;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import io.keysteward.source.KeySource;
import io.keysteward.source.Place;
import io.keysteward.source.Probe;
import io.keysteward.text.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks each source, before anything is read, where it is and whether it fits.
 */
@Component
class SourceProbes {

	private static final Logger logger = LoggerFactory.getLogger(SourceProbes.class);

	private final Runs runs;

	private final Policy policy;

	SourceProbes(Runs runs, Policy policy) {
		this.runs = runs;
		this.policy = policy;
	}

	/**
	 * {@return where the sources are; one that is read already may be silent, since where
	 * it was stands in its run}
	 * @param faults gets what is wrong with each
	 */
	Places ask(List<KeySource> wanted, Optional<Run> before, SourceFaults faults) {
		Places places = new Places();
		this.runs.lastComplete().ifPresent(places::record);
		before.ifPresent(places::record);
		for (KeySource source : wanted) {
			probe(source, faults).ifPresent((place) -> places.ask(source.id(), place));
			String from = places.movedFrom(source.id());
			if (from != null) {
				logger.warn("source {}: is at another place than before (gate POLICY): {}; it was {}", source.id(),
						places.find(source.id()), from);
			}
		}
		return places;
	}

	/**
	 * One source that cannot be read does not keep the others from being reported; all of
	 * them do.
	 * @param unread those that are still to be read
	 * @param sources how many the run has
	 */
	void requireReadable(List<KeySource> unread, int sources, SourceFaults faults) {
		faults.retain(unread.stream().map(KeySource::id).toList());
		for (KeySource source : unread) {
			faults.find(source.id()).ifPresent((fault) -> logger.error("source {}: {}", source.id(), fault.line()));
		}
		if (faults.count() == sources) {
			throw faults.asOne();
		}
	}

	/**
	 * {@return where the source is, as far as it can be asked}
	 */
	private Optional<Place> probe(KeySource source, SourceFaults faults) {
		try {
			Probe probe = source.probe();
			this.policy.requireFits(probe.traits());
			return Optional.of(probe.place());
		}
		catch (Failure fault) {
			faults.add(source.id(), fault);
			return (fault.kind() == Failure.Kind.CONFIGURATION) ? place(source) : Optional.empty();
		}
	}

	/**
	 * A database that answers and does not fit has a place all the same: were it unknown,
	 * the policy would look changed on the day that it fits.
	 */
	private static Optional<Place> place(KeySource source) {
		try {
			return Optional.of(source.place());
		}
		catch (Failure fault) {
			return Optional.empty();
		}
	}

}
