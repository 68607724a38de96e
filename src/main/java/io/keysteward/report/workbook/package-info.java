/**
 * The workbook: one class per sheet, written from what is stored; and lists for mails.
 * May use: key, text, run, insight, report.
 */
@NullMarked
package io.keysteward.report.workbook;

import org.jspecify.annotations.NullMarked;
