/**
 * The demo behind {@code mvn spring-boot:test-run}: a fictitious company, four runs, and
 * what they leave behind.
 */
@NullMarked
package io.keysteward.demo;

import org.jspecify.annotations.NullMarked;
