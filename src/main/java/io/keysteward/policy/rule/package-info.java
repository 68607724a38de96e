/**
 * One class per rule; a rule sees values, never a database or a clock. May use: key,
 * text, policy.
 */
@NullMarked
package io.keysteward.policy.rule;

import org.jspecify.annotations.NullMarked;
