/**
 * Sources that are SQL databases, defined by a folder of small files. May use: key,
 * source.
 */
@NullMarked
package io.keysteward.source.sql;

import org.jspecify.annotations.NullMarked;
