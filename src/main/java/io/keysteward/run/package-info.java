/**
 * The run as it is stored: its row, its sources, its control totals. May use: key, text.
 */
@NullMarked
package io.keysteward.run;

import org.jspecify.annotations.NullMarked;
