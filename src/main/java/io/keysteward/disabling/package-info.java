/**
 * Plans which keys are due and which gates hold the others; disables and restores them
 * one by one, with proof. May use: key, text, policy, source, run.
 */
@NullMarked
package io.keysteward.disabling;

import org.jspecify.annotations.NullMarked;
