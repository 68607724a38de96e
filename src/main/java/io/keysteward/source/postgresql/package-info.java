/**
 * Sources that are read straight from PostgreSQL. May use: key, text, source,
 * source.definition.
 */
@NullMarked
package io.keysteward.source.postgresql;

import org.jspecify.annotations.NullMarked;
