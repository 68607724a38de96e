package io.keysteward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.keysteward.text.NearestWord;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Checks a written exemption, and reports every fault in it.
 *
 * @param asOf the instant of the run
 * @param longest the longest time to its expiry
 * @param rules the codes of all rules
 * @param sources the ids of the configured sources
 */
record ExemptionCheck(Instant asOf, Duration longest, Set<String> rules, Set<String> sources) {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	/**
	 * {@return the exemption; empty: it has a fault}
	 * @param faults gets a line for each fault
	 */
	Optional<Exemption> check(ExemptionYaml yaml, Consumer<String> faults) {
		Faults found = new Faults(faults);
		String id = required("id", yaml.id(), found);
		if (yaml.id() != null && !ID.matcher(id).matches()) {
			found.accept("id '" + SafeText.visible(id)
					+ "' is not allowed; up to 64 letters, digits, dots, underscores and hyphens,"
					+ " a letter or digit first");
		}
		Scope covers = scope(yaml.covers(), found);
		List<String> permitted = rules(yaml.rules(), found);
		String reason = required("reason", yaml.reason(), found);
		String approver = required("approver", yaml.approver(), found);
		String ticket = required("ticket", yaml.ticket(), found);
		Instant expires = expires(yaml.expires(), found);
		return found.any ? Optional.empty()
				: Optional.of(new Exemption(id, covers, permitted, reason, approver, ticket, expires));
	}

	private static String required(String key, @Nullable String text, Faults faults) {
		if (text == null) {
			faults.accept(key + " is required");
			return "";
		}
		return SafeText.visible(text.strip().replaceAll("\\s+", " "));
	}

	private Scope scope(ExemptionYaml.@Nullable Covers covers, Faults faults) {
		Scope nothing = new Scope(null, null, null, null, null);
		if (covers == null
				|| Stream.of(covers.key(), covers.project(), covers.owner(), covers.name(), covers.nameGlob())
					.allMatch(Objects::isNull)) {
			faults.accept("covers must name at least one of key, project, owner, name and name-glob");
			return nothing;
		}
		if (covers.name() != null && covers.nameGlob() != null) {
			faults.accept("covers.name and covers.name-glob exclude each other; take one of them out");
			return nothing;
		}
		if (covers.nameGlob() != null && NameGlob.isBoundless(covers.nameGlob())) {
			faults.accept("covers.name-glob '" + covers.nameGlob()
					+ "' fits any name; write some of the name's own characters");
			return nothing;
		}
		if (covers.source() != null && !this.sources.contains(covers.source())) {
			faults.accept("covers.source '" + SafeText.visible(covers.source()) + "' is not a configured source;"
					+ allowed(covers.source(), this.sources));
			return nothing;
		}
		return new Scope(covers.source(), covers.key(), covers.project(), covers.owner(), name(covers));
	}

	private static @Nullable NameGlob name(ExemptionYaml.Covers covers) {
		if (covers.name() != null) {
			return NameGlob.exactly(covers.name());
		}
		return (covers.nameGlob() != null) ? NameGlob.like(covers.nameGlob()) : null;
	}

	private List<String> rules(@Nullable List<@Nullable String> written, Faults faults) {
		if (written == null) {
			return this.rules.stream().sorted().toList();
		}
		if (written.isEmpty()) {
			faults.accept("rules must name at least one rule; take the line out to permit every rule");
		}
		for (String rule : written) {
			if (rule == null) {
				faults.accept("rules has an empty entry; write a rule or take the entry out");
			}
			else if (!this.rules.contains(rule)) {
				faults.accept("rules: '" + SafeText.visible(rule) + "' is not a rule;" + allowed(rule, this.rules));
			}
		}
		return written.stream().filter(Objects::nonNull).distinct().sorted().toList();
	}

	private Instant expires(@Nullable Instant expires, Faults faults) {
		if (expires == null) {
			faults.accept("expires is required");
			return this.asOf;
		}
		if (expires.isAfter(this.asOf.plus(this.longest))) {
			faults.accept("expires " + expires + " is more than " + DurationText.format(this.longest)
					+ " (keysteward.exemptions.max-lifetime) after the run's time " + this.asOf
					+ "; write an earlier date");
		}
		return expires;
	}

	private static String allowed(String written, Collection<String> allowed) {
		return " allowed: " + String.join(", ", allowed.stream().sorted().toList()) + "."
				+ NearestWord.question(written, allowed);
	}

	/** Passes faults on, and notes whether there was one. */
	private static final class Faults implements Consumer<String> {

		private final Consumer<String> next;

		private boolean any;

		private Faults(Consumer<String> next) {
			this.next = next;
		}

		@Override
		public void accept(String fault) {
			this.any = true;
			this.next.accept(fault);
		}

	}

}
