package io.keysteward.source;

/**
 * Where a source's keys are, as its server says. Another place may show other keys, or
 * others' keys under the same ids.
 *
 * @param text all that decides which rows are seen, for people
 * @param keys equal for two sources that show the same keys, whatever address they are
 * asked at
 */
public record Place(String text, String keys) {
}
