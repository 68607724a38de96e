/**
 * What the Dockerfile needs to build the image, and no test.
 */
@NullMarked
package io.keysteward.image;

import org.jspecify.annotations.NullMarked;
