package io.keysteward.disabling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.keysteward.run.NoticeKind;

/**
 * Counts who would be warned for the first time in a run, and of how many keys. Each set
 * of recipients gets one mail.
 */
public final class FirstWarnings {

	private final RecipientLookup audience;

	private final Set<String> owners = new HashSet<>();

	private final Map<String, Long> keys = new HashMap<>();

	public FirstWarnings(RecipientLookup audience) {
		this.audience = audience;
	}

	void add(Candidate key, KeyDecision plan) {
		if (plan.nextNotice() == NoticeKind.WARNING) {
			List<String> recipients = this.audience.recipients().apply(key.contact());
			this.owners.add(String.join(", ", recipients).toLowerCase(Locale.ROOT));
			this.keys.merge(key.key().source(), 1L, Long::sum);
		}
	}

	int owners() {
		return this.owners.size();
	}

	long keys(String source) {
		return this.keys.getOrDefault(source, 0L);
	}

}
