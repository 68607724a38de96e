/**
 * The coming nights, as runs do them on a copy of the tables that nobody else sees. May
 * use: key, text, source, run, disabling, job, insight, notice.mail, notice.webhook.
 */
@NullMarked
package io.keysteward.forecast;

import org.jspecify.annotations.NullMarked;
