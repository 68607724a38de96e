package io.keysteward.policy;

import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyRecord;

/**
 * Judges one key by one criterion. A rule is a bean that Spring finds; it sees values
 * only, and judges only governed, active keys without data errors.
 */
public interface Rule {

	/**
	 * {@return the name in tables, sheets and mails, such as {@code IDLE}}
	 */
	String code();

	/**
	 * {@return the criterion, in one sentence for an auditor}
	 */
	String definition();

	/**
	 * {@return the controls that the rule supports: framework, version, id}
	 */
	List<String> standards();

	/**
	 * {@return the evidence on which a finding rests}
	 */
	Evidence evidence();

	/**
	 * Judges one key.
	 * @param key the key
	 * @param terms the instant, the thresholds and the source that apply to it
	 * @return the finding; empty: no fault, or not judged
	 */
	Optional<Finding> judge(KeyRecord key, RuleContext terms);

	/** What a finding rests on; a change of it resolves the finding. */
	enum Evidence {

		/** The key's last use. */
		USAGE,

		/**
		 * The key's name, and else only what its row and the policy say, whatever the
		 * as-of: while they are as they were, it need not be judged again.
		 */
		NAME,

		/** The key's project and owner. */
		OWNERSHIP,

		/** The key's creation. */
		AGE

	}

}
