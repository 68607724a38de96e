/**
 * The snapshot of every key in a run, and the newest known uses: writing and counting.
 * May use: key, text, policy, run.
 */
@NullMarked
package io.keysteward.inventory;

import org.jspecify.annotations.NullMarked;
