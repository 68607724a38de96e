/**
 * The workbook: one class per sheet, written from what is stored; and lists for mails.
 * May use: key, inventory, finding, run.
 */
@NullMarked
package io.keysteward.report;

import org.jspecify.annotations.NullMarked;
