/**
 * What readings of sources have found: comparing, writing, remembering and counting. May
 * use: key, text, policy, run.
 */
@NullMarked
package io.keysteward.inventory;

import org.jspecify.annotations.NullMarked;
