/**
 * The report as one JSON document, for programs. May use: text, run, insight, report.
 */
@NullMarked
package io.keysteward.report.json;

import org.jspecify.annotations.NullMarked;
