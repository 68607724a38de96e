package io.keysteward.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.stereotype.Component;

/**
 * All formats, and those in which every run is reported.
 */
@Component
public class ReportFormats {

	private static final String PROPERTY = "keysteward.report.formats";

	private final Map<String, ReportFormat> known = new LinkedHashMap<>();

	private final List<ReportFormat> configured;

	/**
	 * Looks up the configured formats.
	 * @param known every format, the default one first
	 * @throws Failure where a configured format does not exist
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
	 * {@return the formats of every run's reports, in the order of the configuration}
	 */
	public List<ReportFormat> configured() {
		return this.configured;
	}

	/**
	 * {@return all formats}
	 */
	public List<ReportFormat> known() {
		return List.copyOf(this.known.values());
	}

	/**
	 * {@return the format of this name, if any}
	 */
	public Optional<ReportFormat> find(String word) {
		return Optional.ofNullable(this.known.get(word));
	}

	/**
	 * {@return the default format}
	 */
	public ReportFormat usual() {
		return this.known.values().iterator().next();
	}

	/**
	 * {@return the format of this name}
	 * @param setting the property or option that names it
	 * @throws Failure where the format does not exist
	 */
	public ReportFormat require(String setting, String word) {
		return find(word).orElseThrow(() -> Failure
			.configuration(setting + ": '" + SafeText.visible(word) + "' is not allowed; allowed are " + allowed()));
	}

	private String allowed() {
		return String.join(", ", this.known.keySet());
	}

}
