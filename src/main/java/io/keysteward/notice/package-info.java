/**
 * Mail: the governance mail now, notices to owners next, and the outbox that proves what
 * was sent. May use: key, finding, run.
 */
@NullMarked
package io.keysteward.notice;

import org.jspecify.annotations.NullMarked;
