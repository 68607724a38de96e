package io.keysteward.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.stereotype.Component;

/**
 * The formats that there are, and those in which every run is reported.
 */
@Component
public class ReportFormats {

	private static final String PROPERTY = "keysteward.report.formats";

	private final Map<String, ReportFormat> known = new LinkedHashMap<>();

	private final List<ReportFormat> configured;

	/**
	 * Looks up what is configured.
	 * @param known every format, the one that is written unless others are named first
	 * @throws Failure where there is no such format
	 */
	public ReportFormats(List<ReportFormat> known, ReportSettings settings) {
		known.forEach((format) -> this.known.put(format.word(), format));
		if (settings.formats().isEmpty()) {
			throw Failure
				.configuration(PROPERTY + ": is empty; name one of " + allowed() + ", or leave the property out");
		}
		this.configured = settings.formats().stream().distinct().map((word) -> require(PROPERTY, word)).toList();
	}

	/**
	 * {@return those in which every run is reported, in the order in which they are
	 * named}
	 */
	public List<ReportFormat> configured() {
		return this.configured;
	}

	/**
	 * {@return all that there are}
	 */
	public List<ReportFormat> known() {
		return List.copyOf(this.known.values());
	}

	/**
	 * {@return the format of this word, if there is one}
	 */
	public Optional<ReportFormat> find(String word) {
		return Optional.ofNullable(this.known.get(word));
	}

	/**
	 * {@return the format that is written where none is named}
	 */
	public ReportFormat usual() {
		return this.known.values().iterator().next();
	}

	/**
	 * {@return the format of this word}
	 * @param setting the property or option that names it
	 * @throws Failure where there is none
	 */
	public ReportFormat require(String setting, String word) {
		return find(word).orElseThrow(() -> Failure
			.configuration(setting + ": '" + SafeText.visible(word) + "' is not allowed; allowed are " + allowed()));
	}

	private String allowed() {
		return String.join(", ", this.known.keySet());
	}

}
