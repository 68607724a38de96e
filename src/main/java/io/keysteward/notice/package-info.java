/**
 * Which notices are due, and the outbox that proves what was sent. May use: key, text,
 * run.
 */
@NullMarked
package io.keysteward.notice;

import org.jspecify.annotations.NullMarked;
