package io.keysteward.policy;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The shape of an entry of {@code exemptions.yaml}.
 *
 * @param id unique in the file
 * @param covers which keys
 * @param rules codes of rules; null: every rule
 * @param reason why
 * @param approver who permitted it
 * @param ticket where it was decided
 * @param expires the first instant without it
 */
record ExemptionYaml(@Nullable String id, @Nullable Covers covers, @Nullable List<@Nullable String> rules,
		@Nullable String reason, @Nullable String approver, @Nullable String ticket, @Nullable Instant expires) {

	/**
	 * Which keys it covers.
	 *
	 * @param source the source's id
	 * @param key the key's id
	 * @param project the project's id
	 * @param owner the owner's id
	 * @param name the key's name
	 * @param nameGlob what the key's name must look like
	 */
	record Covers(@Nullable String source, @Nullable String key, @Nullable String project, @Nullable String owner,
			@Nullable String name, @Nullable String nameGlob) {

	}

}
