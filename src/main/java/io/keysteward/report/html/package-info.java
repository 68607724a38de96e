/**
 * The report as one web page. May use: text, run, insight, report.
 */
@NullMarked
package io.keysteward.report.html;

import org.jspecify.annotations.NullMarked;
