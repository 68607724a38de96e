package io.keysteward.run;

import java.util.Set;

/**
 * A run's report of one format that is still kept.
 *
 * @param runId the run
 * @param format its format
 * @param path where it is
 * @param hashes SHA-256 of each file that the run has ever given to its reports
 */
public record KeptReport(long runId, String format, String path, Set<String> hashes) {

}
