/**
 * Workbooks that somebody else saved, read as a stream. May use: text.
 */
@NullMarked
package io.keysteward.xlsx;

import org.jspecify.annotations.NullMarked;
