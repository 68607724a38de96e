/**
 * The part of a definition that every kind of source has, and what a row of any of them
 * means. May use: key, text, source, yaml.
 */
@NullMarked
package io.keysteward.source.definition;

import org.jspecify.annotations.NullMarked;
