/**
 * Properties, wiring, refusals before a run, and the readiness checks, one per class. May
 * use: everything but cli.
 */
@NullMarked
package io.keysteward.config;

import org.jspecify.annotations.NullMarked;
