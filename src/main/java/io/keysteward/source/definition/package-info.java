/**
 * The part of a definition that every kind of source has. May use: key, text, yaml.
 */
@NullMarked
package io.keysteward.source.definition;

import org.jspecify.annotations.NullMarked;
