/**
 * Formats and files of reports: their places, how they are replaced, what was written.
 * May use: text, run, insight.
 */
@NullMarked
package io.keysteward.report;

import org.jspecify.annotations.NullMarked;
