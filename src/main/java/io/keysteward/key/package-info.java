/**
 * The nouns: a key's record, its identity, its use, its state. May use: the JDK only.
 */
@NullMarked
package io.keysteward.key;

import org.jspecify.annotations.NullMarked;
