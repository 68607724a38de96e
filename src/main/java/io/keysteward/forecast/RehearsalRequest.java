package io.keysteward.forecast;

import java.nio.file.Path;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for with {@code rehearse}.
 *
 * @param nights how many nights
 * @param armedOn from this night on keys are disabled; null: from the first
 * @param acceptPolicyChange whether the first night has the option of this name
 * @param acceptWarnings whether the first night has the option of this name
 * @param mails the folder of the mails
 * @param requestedBy who asks
 */
public record RehearsalRequest(int nights, @Nullable LocalDate armedOn, boolean acceptPolicyChange,
		boolean acceptWarnings, Path mails, String requestedBy) {
}
