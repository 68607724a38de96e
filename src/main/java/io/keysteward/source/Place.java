package io.keysteward.source;

/**
 * Where a source's keys are, as its server reports it. Another place may show other keys,
 * even under the same ids.
 *
 * @param text everything that decides which rows are visible, for people
 * @param keys equal for two sources that show the same keys, whatever their addresses
 */
public record Place(String text, String keys) {
}
