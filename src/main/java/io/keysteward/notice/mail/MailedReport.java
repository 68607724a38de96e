package io.keysteward.notice.mail;

import java.nio.file.Path;

/**
 * A report of a run that the governance mail carries or points to.
 *
 * @param format the word of its format
 * @param title what people call it, such as {@code workbook}
 * @param forPeople whether it is attached where it is small enough; what is for programs
 * is only pointed to
 * @param file where it is
 * @param sha256 its SHA-256 in hex
 */
public record MailedReport(String format, String title, boolean forPeople, Path file, String sha256) {

}
