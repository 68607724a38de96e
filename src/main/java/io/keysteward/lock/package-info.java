/**
 * One run at a time on a governance database, and a fence against writes without the
 * lock. May use: text.
 */
@NullMarked
package io.keysteward.lock;

import org.jspecify.annotations.NullMarked;
