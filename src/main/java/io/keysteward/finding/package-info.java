/**
 * What is wrong with a key, followed from run to run. May use: key, policy, inventory,
 * run.
 */
@NullMarked
package io.keysteward.finding;

import org.jspecify.annotations.NullMarked;
