package io.keysteward.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.keysteward.disabling.DisablePolicy;
import io.keysteward.run.Run;
import io.keysteward.text.Plural;
import io.keysteward.text.UtcMinute;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Says what a rehearsal takes for granted.
 */
final class Assumptions {

	private static final Duration DAY = Duration.ofDays(1);

	private final ApplicationContext real;

	private final CopiedKeys keys;

	Assumptions(ApplicationContext real, CopiedKeys keys) {
		this.real = real;
		this.keys = keys;
	}

	List<String> sentences(RehearsalRequest request, Run inventory, Instant now, LocalDate armedOn,
			Set<String> sources) {
		List<String> sentences = new ArrayList<>();
		sentences.add(inventory(inventory, now));
		Set<String> unread = new TreeSet<>(sources);
		unread.removeIf((source) -> this.keys.inventory(source).isPresent());
		if (!unread.isEmpty()) {
			sentences.add("No run has read " + String.join(", ", unread) + " yet: it has no key here.");
		}
		CopiedKeys.Assumed assumed = this.keys.assumed();
		sentences.add("Nobody uses the " + Plural.of(assumed.idle(), "key") + " that "
				+ Plural.word(assumed.idle(), "is", "are") + " idle today; the " + Plural.of(assumed.used(), "key")
				+ " in use " + Plural.word(assumed.used(), "goes", "go") + " on being used as before.");
		sentences
			.add("No key is made, renamed, exempted or given to somebody else; nobody answers a mail; every mail is"
					+ " taken; every source answers; no run is missed.");
		sentences.add("A key that was never used stays so; exemptions end on their day; what names a key today goes on"
				+ " naming it; nobody tries a key that is off.");
		sentences.add("Nobody decides about keys in workbooks: where approval is required, APPROVAL holds what nobody"
				+ " has approved yet.");
		sentences.add(armed(armedOn));
		warnings(sentences);
		if (request.acceptWarnings() || request.acceptPolicyChange()) {
			sentences.add("The first night is started with " + (request.acceptWarnings() ? request.acceptPolicyChange()
					? "--accept-warnings and --accept-policy-change" : "--accept-warnings" : "--accept-policy-change")
					+ ".");
		}
		return sentences;
	}

	private static String inventory(Run inventory, Instant now) {
		Duration age = Duration.between(inventory.asOf(), now);
		String read = "Keys are as run " + inventory.key() + " found them, as of " + UtcMinute.of(inventory.asOf());
		if (age.compareTo(DAY.multipliedBy(2)) < 0) {
			return read + ", " + Plural.of(age.toHours(), "hour") + " ago.";
		}
		return read + ", THAT IS " + Plural.of(age.toDays(), "day") + " AGO: what was used, made or exempted since then"
				+ " is not known here; start a run first.";
	}

	private String armed(LocalDate armedOn) {
		DisablePolicy policy = this.real.getBean(DisablePolicy.class);
		Environment settings = this.real.getEnvironment();
		String bounds = settings.containsProperty("keysteward.disable.max-keys")
				&& settings.containsProperty("keysteward.disable.max-percent") ? ""
						: " Bounds that are not written are the defaults (max-keys " + policy.maxKeys()
								+ ", max-percent " + policy.maxPercent() + "); to arm, write both.";
		return "Disabling is armed on " + armedOn + ", and each run from then on has --disable"
				+ (policy.armed() ? "." : " (keysteward.disable.armed is not true today)." + bounds);
	}

	private void warnings(List<String> sentences) {
		if (!this.real.getEnvironment().getProperty("keysteward.mail.warn-owners", boolean.class, false)) {
			sentences.add("Owners are warned from the first night on (keysteward.mail.warn-owners is not true today).");
		}
	}

}
