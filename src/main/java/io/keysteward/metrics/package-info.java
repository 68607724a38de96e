/**
 * How the last run went, in numbers, pushed to whoever watches. May use: key, text, run,
 * insight.
 */
@NullMarked
package io.keysteward.metrics;

import org.jspecify.annotations.NullMarked;
