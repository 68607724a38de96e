/**
 * Findings as OCSF events, for what collects findings. May use: text, key, run, insight,
 * report.
 */
@NullMarked
package io.keysteward.report.ocsf;

import org.jspecify.annotations.NullMarked;
