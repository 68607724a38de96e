package io.keysteward.run;

import org.jspecify.annotations.Nullable;

/**
 * A run's report of one format, as it is recorded.
 *
 * @param format the format's word, such as {@code workbook}
 * @param path where it is; null: it was removed
 * @param sha256 its SHA-256 in hex; null: the run has changed since it was written
 */
public record StoredReport(String format, @Nullable String path, @Nullable String sha256) {

}
