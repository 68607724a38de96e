/**
 * The mail channel: the governance mail, and notices to owners. May use: key, text, run,
 * yaml, insight, notice.
 */
@NullMarked
package io.keysteward.notice.mail;

import org.jspecify.annotations.NullMarked;
