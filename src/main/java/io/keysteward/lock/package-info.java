/**
 * One run at a time on a governance database, and nobody writes who has lost that right.
 * May use: text.
 */
@NullMarked
package io.keysteward.lock;

import org.jspecify.annotations.NullMarked;
