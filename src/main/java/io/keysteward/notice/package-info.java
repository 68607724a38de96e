/**
 * Mail: the governance mail, notices to owners, and the outbox that proves what was sent.
 * May use: key, yaml, finding, run, disabling, report.
 */
@NullMarked
package io.keysteward.notice;

import org.jspecify.annotations.NullMarked;
