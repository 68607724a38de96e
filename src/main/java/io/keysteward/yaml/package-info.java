/**
 * Strict reading of YAML files: each fault is one line with its place. May use: text.
 */
@NullMarked
package io.keysteward.yaml;

import org.jspecify.annotations.NullMarked;
