/**
 * The snapshot of every key in a run: write it, count it, look a key up. May use: key,
 * text, policy, run.
 */
@NullMarked
package io.keysteward.inventory;

import org.jspecify.annotations.NullMarked;
