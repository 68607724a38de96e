/**
 * Where the process starts and ends. May use: cli.
 */
@NullMarked
package io.keysteward;

import org.jspecify.annotations.NullMarked;
