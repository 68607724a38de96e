/**
 * One class per command, the exit codes, and the progress for people. May use:
 * everything.
 */
@NullMarked
package io.keysteward.cli;

import org.jspecify.annotations.NullMarked;
