/**
 * The workbook with one class per sheet, written from stored rows; and lists for mails.
 * May use: key, text, run, insight, report.
 */
@NullMarked
package io.keysteward.report.workbook;

import org.jspecify.annotations.NullMarked;
