/**
 * Sources in foreign databases: the MySQL family and SQLite, by drivers from a folder.
 * May use: key, text, source, source.definition, source.postgresql, source.landing.
 */
@NullMarked
package io.keysteward.source.jdbc;

import org.jspecify.annotations.NullMarked;
