/**
 * The order of the steps, and the only place that knows it; where a run is opened and its
 * instant fixed. May use: everything but cli, config, forecast.
 */
@NullMarked
package io.keysteward.job;

import org.jspecify.annotations.NullMarked;
