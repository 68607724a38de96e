/**
 * Sources that are exported files: CSV, TSV, XLSX, JSON or JSON Lines. May use: text,
 * xlsx, source, source.definition, source.landing.
 */
@NullMarked
package io.keysteward.source.file;

import org.jspecify.annotations.NullMarked;
