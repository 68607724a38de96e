package io.keysteward.run;

import java.util.Set;

/**
 * A run's report, as it is recorded.
 *
 * @param runId the run
 * @param path where its workbook is
 * @param hashes SHA-256 of each file that the run has ever given to it
 */
public record KeptReport(long runId, String path, Set<String> hashes) {

}
