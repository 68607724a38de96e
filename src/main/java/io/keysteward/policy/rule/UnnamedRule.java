package io.keysteward.policy.rule;

import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Finding;
import io.keysteward.policy.NameConvention;
import io.keysteward.policy.Rule;
import io.keysteward.policy.RuleContext;
import io.keysteward.policy.Thresholds;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reports a key whose name does not show its purpose; never a reason to disable.
 */
@Component
class UnnamedRule implements Rule {

	/** Two characters can be a word in Chinese or Korean. */
	private static final int ENOUGH_IDEOGRAPHS = 2;

	private final PlaceholderNames placeholders = PlaceholderNames.shipped();

	@Override
	public String code() {
		return "UNNAMED";
	}

	@Override
	public String definition() {
		return "Its name is blank, a placeholder, generated, equal to its id or mask, too short, or against the naming "
				+ "convention; names are compared as a whole, never in part.";
	}

	@Override
	public List<String> standards() {
		return List.of("CIS Controls v8.1 5.1", "CIS Controls v8.1 5.5", "ISO/IEC 27001:2022 A.5.16");
	}

	@Override
	public Evidence evidence() {
		return Evidence.NAME;
	}

	@Override
	public Optional<Finding> judge(KeyRecord key, RuleContext terms) {
		if (!terms.source().judgeNames() || !terms.source().columns().contains(KeyColumn.NAME)) {
			return Optional.empty();
		}
		String normal = NormalizedName.cut(NormalizedName.normalize(key.name()));
		if (key.name() == null || normal.isEmpty()) {
			return Optional.of(Finding.warn(code(), "Name is blank (BLANK)."));
		}
		String fault = fault(key.name(), normal, key, terms);
		if (fault == null || isAllowed(normal, terms.thresholds())) {
			return Optional.empty();
		}
		return Optional.of(Finding.warn(code(), "Name " + fault + ": " + ReasonText.quoted(key.name()) + "."));
	}

	private @Nullable String fault(String name, String normal, KeyRecord key, RuleContext terms) {
		if (repeats(key.id().id(), normal) || repeats(key.maskedKey(), normal)) {
			return "repeats the key's id or mask (EQUALS_ID)";
		}
		if (GeneratedNames.matches(normal, NormalizedName.cut(name.strip()), this.placeholders,
				terms.source().generatedNames())) {
			return "is generated (GENERATED)";
		}
		if (this.placeholders.contains(normal)) {
			return "is a placeholder (PLACEHOLDER)";
		}
		int minLength = terms.thresholds().minNameLength();
		if (isTooShort(normal, minLength)) {
			return "is shorter than " + Plural.of(minLength, "character") + " (TOO_SHORT)";
		}
		NameConvention convention = terms.thresholds().nameConvention();
		// A convention may distinguish case, so it sees the name as written.
		if (convention != null && !convention.accepts(NormalizedName.cut(name.strip()))) {
			return "is against the convention " + ReasonText.quoted(convention.pattern()) + " (CONVENTION)";
		}
		return null;
	}

	private static boolean repeats(@Nullable String value, String normal) {
		return value != null && NormalizedName.isLike(value, normal);
	}

	private static boolean isTooShort(String normal, int minLength) {
		return normal.codePointCount(0, normal.length()) < minLength
				&& normal.codePoints().filter(UnnamedRule::isIdeograph).count() < ENOUGH_IDEOGRAPHS;
	}

	private static boolean isIdeograph(int character) {
		return Character.isIdeographic(character)
				|| Character.UnicodeScript.of(character) == Character.UnicodeScript.HANGUL;
	}

	/** Checked last, since few names have a fault at all. */
	private static boolean isAllowed(String normal, Thresholds thresholds) {
		for (String allowed : thresholds.allowedNames()) {
			if (normal.equals(NormalizedName.normalize(allowed))) {
				return true;
			}
		}
		return false;
	}

}
