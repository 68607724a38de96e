/**
 * Reads stored runs for reports, mails, searches and figures, and holds the words for
 * people. May use: key, text, policy, run.
 */
@NullMarked
package io.keysteward.insight;

import org.jspecify.annotations.NullMarked;
