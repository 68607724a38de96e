/**
 * What people decide about keys: a filled workbook is read, held against its run, and
 * stored. May use: key, text, policy, run, xlsx, insight, report, report.workbook.
 */
@NullMarked
package io.keysteward.decision;

import org.jspecify.annotations.NullMarked;
