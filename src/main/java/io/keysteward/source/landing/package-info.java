/**
 * Systems outside PostgreSQL: their rows are landed as texts in temporary tables, and
 * select.sql maps them like any table. May use: key, text, source, source.definition,
 * source.postgresql.
 */
@NullMarked
package io.keysteward.source.landing;

import org.jspecify.annotations.NullMarked;
