/**
 * Reads runs back, for sheets, mails, searches and figures, and has the words for people.
 * May use: key, text, policy, run.
 */
@NullMarked
package io.keysteward.insight;

import org.jspecify.annotations.NullMarked;
