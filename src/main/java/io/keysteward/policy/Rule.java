package io.keysteward.policy;

import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyRecord;

/**
 * Says what is wrong with one key today. A rule is a bean, found by itself; it sees
 * values only, and is asked only about governed, active keys without data errors.
 */
public interface Rule {

	/**
	 * {@return the name in tables, sheets and mails, such as {@code IDLE}}
	 */
	String code();

	/**
	 * {@return what the rule says of a key, in one sentence for an auditor}
	 */
	String definition();

	/**
	 * {@return the controls that the rule supports: framework, version, id}
	 */
	List<String> standards();

	/**
	 * {@return what has to change for a finding to end}
	 */
	Evidence evidence();

	/**
	 * Judges one key.
	 * @param key the key
	 * @param terms the instant, the thresholds and the source that apply to it
	 * @return the finding, or empty where nothing is wrong or nothing can be said
	 */
	Optional<Finding> judge(KeyRecord key, RuleContext terms);

	/** What a finding rests on; a change of it resolves the finding. */
	enum Evidence {

		/** The key's last use. */
		USAGE,

		/** The key's name. */
		NAME,

		/** The key's project and owner. */
		OWNERSHIP,

		/** The key's creation. */
		AGE

	}

}
