/**
 * Makes text safe, masked, counted and dated; SHA-256; the nearest word. May use: the JDK
 * only.
 */
@NullMarked
package io.keysteward.text;

import org.jspecify.annotations.NullMarked;
