/**
 * Systems whose keys are governed, as the rest of the job sees them, and their registry.
 * May use: key, text.
 */
@NullMarked
package io.keysteward.source;

import org.jspecify.annotations.NullMarked;
