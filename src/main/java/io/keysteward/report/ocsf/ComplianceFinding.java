package io.keysteward.report.ocsf;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.keysteward.insight.FindingState;
import io.keysteward.key.Level;
import io.keysteward.run.PolicyDocument.RuleText;
import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Maps a finding to the class Compliance Finding (2003) of OCSF 1.8.0. Times are
 * milliseconds since 1970. What OCSF has no place for is in {@code unmapped}.
 */
final class ComplianceFinding {

	private static final String SCHEMA = "1.8.0";

	private static final int CATEGORY = 2;

	private static final int CLASS = 2003;

	private static final String PRODUCT = "Keysteward";

	private final Run run;

	private final @Nullable String version;

	/**
	 * A mapping for the findings of a run.
	 * @param version Keysteward's version; null: not packaged
	 */
	ComplianceFinding(Run run, @Nullable String version) {
		this.run = run;
		this.version = version;
	}

	/**
	 * {@return the event for a finding}
	 */
	Map<String, Object> event(FindingState finding) {
		int activity = activity(finding.state());
		Map<String, Object> event = new LinkedHashMap<>();
		put(event, "metadata", metadata(finding));
		put(event, "category_uid", CATEGORY);
		put(event, "class_uid", CLASS);
		put(event, "class_name", "Compliance Finding");
		put(event, "activity_id", activity);
		put(event, "type_uid", CLASS * 100L + activity);
		put(event, "severity_id", severity(finding));
		put(event, "status_id", status(finding.state()));
		put(event, "time", millis(this.run.asOf()));
		put(event, "time_dt", this.run.asOf().toString());
		put(event, "message", text(finding.reason()));
		put(event, "finding_info", info(finding));
		put(event, "compliance", compliance(finding));
		put(event, "resources", List.of(resource(finding)));
		put(event, "unmapped", unmapped(finding));
		return event;
	}

	private Map<String, Object> metadata(FindingState finding) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		put(metadata, "version", SCHEMA);
		Map<String, Object> product = new LinkedHashMap<>();
		put(product, "name", PRODUCT);
		put(product, "vendor_name", PRODUCT);
		put(product, "version", this.version);
		put(metadata, "product", product);
		put(metadata, "profiles", List.of("datetime"));
		put(metadata, "uid", this.run.key() + "/" + uid(finding));
		put(metadata, "correlation_uid", this.run.key());
		return metadata;
	}

	private static Map<String, Object> info(FindingState finding) {
		Map<String, Object> info = new LinkedHashMap<>();
		put(info, "uid", uid(finding));
		put(info, "title", "API key is " + finding.rule().toLowerCase(Locale.ROOT));
		put(info, "desc", text(finding.reason()));
		put(info, "types", List.of(finding.rule()));
		put(info, "first_seen_time", millis(finding.firstSeen()));
		Map<String, Object> analytic = new LinkedHashMap<>();
		put(analytic, "uid", finding.rule());
		put(analytic, "type_id", 1);
		put(info, "analytic", analytic);
		return info;
	}

	private Map<String, Object> compliance(FindingState finding) {
		Map<String, Object> compliance = new LinkedHashMap<>();
		put(compliance, "control", finding.rule());
		List<String> standards = this.run.policy()
			.rules()
			.stream()
			.filter((rule) -> rule.code().equals(finding.rule()))
			.map(RuleText::standards)
			.findFirst()
			.orElse(List.of());
		put(compliance, "standards", standards);
		put(compliance, "status_id", complianceStatus(finding));
		put(compliance, "status_code", finding.state().name());
		return compliance;
	}

	private static Map<String, Object> resource(FindingState finding) {
		Map<String, Object> resource = new LinkedHashMap<>();
		put(resource, "uid", text(finding.source() + "/" + finding.keyId()));
		put(resource, "name", text(finding.name()));
		put(resource, "type", "API key");
		put(resource, "role_id", 3);
		put(resource, "namespace", finding.source());
		put(resource, "created_time", millis(finding.createdAt()));
		Map<String, Object> owner = new LinkedHashMap<>();
		put(owner, "uid", text(finding.ownerId()));
		put(owner, "name", text(finding.ownerName()));
		if (!owner.isEmpty()) {
			put(owner, "email_addr", text(finding.ownerEmail()));
			put(resource, "owner", owner);
		}
		Map<String, Object> project = new LinkedHashMap<>();
		put(project, "uid", text(finding.projectId()));
		put(project, "name", text(finding.projectName()));
		put(resource, "group", project);
		return resource;
	}

	private static Map<String, Object> unmapped(FindingState finding) {
		Map<String, Object> unmapped = new LinkedHashMap<>();
		put(unmapped, "level", finding.level().name());
		put(unmapped, "masked_key", text(finding.maskedKey()));
		put(unmapped, "last_used", finding.lastUse().text(Instant::toString));
		put(unmapped, "idle_days", finding.idleDays());
		put(unmapped, "exempt_by", text(finding.exemptBy()));
		return unmapped;
	}

	/** The same for a finding in every run. */
	private static String uid(FindingState finding) {
		return String.valueOf(text(finding.source() + "/" + finding.keyId() + "/" + finding.rule()));
	}

	/** Create, Update or Close. */
	private static int activity(FindingState.State state) {
		return switch (state) {
			case NEW -> 1;
			case OPEN, EXEMPT -> 2;
			case ENDED -> 3;
		};
	}

	/** New, Suppressed or Resolved. */
	private static int status(FindingState.State state) {
		return switch (state) {
			case NEW, OPEN -> 1;
			case EXEMPT -> 3;
			case ENDED -> 4;
		};
	}

	/** Medium or High; Informational for what asks nobody for anything. */
	private static int severity(FindingState finding) {
		return switch (finding.state()) {
			case EXEMPT, ENDED -> 1;
			case NEW, OPEN -> (finding.level() == Level.VIOLATION) ? 4 : 3;
		};
	}

	/** Pass, Warning or Fail; Unknown for what ended without becoming right. */
	private static int complianceStatus(FindingState finding) {
		if (finding.state() == FindingState.State.ENDED) {
			return finding.right() ? 1 : 0;
		}
		return (finding.level() == Level.VIOLATION) ? 3 : 2;
	}

	private static @Nullable Long millis(@Nullable Instant time) {
		return (time != null) ? time.toEpochMilli() : null;
	}

	private static @Nullable String text(@Nullable String untrusted) {
		return (untrusted != null) ? SafeText.line(untrusted) : null;
	}

	/** OCSF knows no null: what is not known is not there. */
	private static void put(Map<String, Object> object, String name, @Nullable Object value) {
		boolean empty = value == null || value.equals("") || value instanceof Map<?, ?> map && map.isEmpty()
				|| value instanceof List<?> list && list.isEmpty();
		if (value != null && !empty) {
			object.put(name, value);
		}
	}

}
