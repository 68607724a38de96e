/**
 * Configuration files read strictly: what is not understood is one line that names the
 * place. May use: text.
 */
@NullMarked
package io.keysteward.yaml;

import org.jspecify.annotations.NullMarked;
