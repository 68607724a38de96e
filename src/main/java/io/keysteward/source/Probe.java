package io.keysteward.source;

import io.keysteward.key.SourceTraits;

/**
 * The result of probing a source.
 *
 * @param traits what it declares, with its columns and {@code known-since}
 * @param place the place of its keys
 */
public record Probe(SourceTraits traits, Place place) {
}
