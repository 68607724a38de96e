package io.keysteward.notice.mail;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The shape of {@code owners.yaml}.
 *
 * @param owners addresses and channels by an owner's id
 * @param projects addresses and channels by a project's id
 */
record OwnersYaml(@Nullable Map<String, @Nullable List<@Nullable String>> owners,
		@Nullable Map<String, @Nullable List<@Nullable String>> projects) {

}
