/**
 * Channels besides mail: signed webhooks, Slack and Teams. May use: text, http.
 */
@NullMarked
package io.keysteward.notice.webhook;

import org.jspecify.annotations.NullMarked;
