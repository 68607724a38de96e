/**
 * Which keys are due and which gate holds the others, one change at a time with proof,
 * and how it is undone. May use: key, text, policy, source, run.
 */
@NullMarked
package io.keysteward.disabling;

import org.jspecify.annotations.NullMarked;
