package io.keysteward.policy;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The shape of an entry of {@code exemptions.yaml}.
 *
 * @param id unique in the file
 * @param covers its scope
 * @param rules codes of rules; null: every rule
 * @param reason its reason
 * @param approver who approved it
 * @param ticket the ticket of the decision
 * @param expires the first instant without it
 */
record ExemptionYaml(@Nullable String id, @Nullable Covers covers, @Nullable List<@Nullable String> rules,
		@Nullable String reason, @Nullable String approver, @Nullable String ticket, @Nullable Instant expires) {

	/**
	 * The scope of an exemption.
	 *
	 * @param source the source's id
	 * @param key the key's id
	 * @param project the project's id
	 * @param owner the owner's id
	 * @param name the key's name
	 * @param nameGlob a pattern for the key's name
	 */
	record Covers(@Nullable String source, @Nullable String key, @Nullable String project, @Nullable String owner,
			@Nullable String name, @Nullable String nameGlob) {

	}

}
