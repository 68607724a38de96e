/**
 * The part of a definition that every kind of source has, and how its rows are read. May
 * use: key, text, source, yaml.
 */
@NullMarked
package io.keysteward.source.definition;

import org.jspecify.annotations.NullMarked;
