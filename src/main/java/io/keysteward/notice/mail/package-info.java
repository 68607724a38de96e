/**
 * The mail channel: the governance mail and notices to owners, and their words for other
 * channels. May use: key, text, run, yaml, insight, notice, notice.webhook.
 */
@NullMarked
package io.keysteward.notice.mail;

import org.jspecify.annotations.NullMarked;
