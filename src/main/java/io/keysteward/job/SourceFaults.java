package io.keysteward.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import io.keysteward.text.Failure;

/**
 * What went wrong with which source in one attempt at a run.
 */
final class SourceFaults {

	private final Map<String, Failure> faults = new ConcurrentSkipListMap<>();

	void add(String source, Failure fault) {
		this.faults.put(source, fault);
	}

	/**
	 * Forgets what went wrong with other sources than these.
	 */
	void retain(List<String> sources) {
		this.faults.keySet().retainAll(sources);
	}

	int count() {
		return this.faults.size();
	}

	Optional<Failure> find(String source) {
		return Optional.ofNullable(this.faults.get(source));
	}

	/**
	 * {@return one failure for all: of configuration if one of them is, since trying
	 * again does not mend that}
	 */
	Failure asOne() {
		if (this.faults.isEmpty()) {
			return Failure.retry("a source has not been read to its end; start again to continue", null);
		}
		String line = this.faults.entrySet()
			.stream()
			.map((entry) -> named(entry.getKey(), entry.getValue().line()))
			.collect(Collectors.joining("; "));
		boolean configuration = this.faults.values()
			.stream()
			.anyMatch((fault) -> fault.kind() == Failure.Kind.CONFIGURATION);
		return configuration ? Failure.configuration(line) : Failure.retry(line, null);
	}

	private static String named(String source, String line) {
		String name = "source '" + source + "': ";
		return line.startsWith(name) ? line : name + line;
	}

}
