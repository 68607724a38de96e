/**
 * One class per gate: what can hold a key that would otherwise be disabled. May use: key,
 * text, source, run, disabling.
 */
@NullMarked
package io.keysteward.disabling.gate;

import org.jspecify.annotations.NullMarked;
