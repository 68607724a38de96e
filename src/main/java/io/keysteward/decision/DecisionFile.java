package io.keysteward.decision;

/**
 * A filled workbook whose decisions are stored.
 *
 * @param runId the run that wrote the workbook
 * @param name the file's name
 * @param sha256 its SHA-256, in hex
 * @param population the flagged keys of that run
 * @param appliedBy who had it applied
 */
record DecisionFile(long runId, String name, String sha256, long population, String appliedBy) {

}
