package io.keysteward.source;

import io.keysteward.key.SourceTraits;

/**
 * What a source says of itself when it is asked.
 *
 * @param traits what it declares, its columns and {@code known-since} looked up
 * @param place where its keys are
 */
public record Probe(SourceTraits traits, Place place) {
}
