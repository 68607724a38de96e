/**
 * Findings, followed from run to run. May use: policy, run.
 */
@NullMarked
package io.keysteward.finding;

import org.jspecify.annotations.NullMarked;
