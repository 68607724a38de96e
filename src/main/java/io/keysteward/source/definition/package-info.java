/**
 * The part of a definition that every kind of source has, the catalogue of the
 * definitions that come with Keysteward, and the meaning of their rows. May use: key,
 * text, source, yaml.
 */
@NullMarked
package io.keysteward.source.definition;

import org.jspecify.annotations.NullMarked;
