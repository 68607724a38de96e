/**
 * Properties, wiring, what is refused before a run, and the readiness checks, one to a
 * class. May use: everything but cli.
 */
@NullMarked
package io.keysteward.config;

import org.jspecify.annotations.NullMarked;
