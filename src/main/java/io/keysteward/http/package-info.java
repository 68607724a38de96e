/**
 * One HTTP request and its complete answer, within limits of time and size. May use:
 * text.
 */
@NullMarked
package io.keysteward.http;

import org.jspecify.annotations.NullMarked;
