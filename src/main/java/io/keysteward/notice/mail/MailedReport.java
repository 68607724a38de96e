package io.keysteward.notice.mail;

import java.nio.file.Path;
import java.util.List;

/**
 * A report of a run that the governance mail attaches or names.
 *
 * @param format the name of its format
 * @param title its title, such as {@code workbook}
 * @param forPeople whether it is attached if small enough; the mail only names the place
 * of a report for programs
 * @param file its place
 * @param sha256 its SHA-256 in hex
 */
public record MailedReport(String format, String title, boolean forPeople, Path file, String sha256) {

	/**
	 * {@return the first report for people; without one, the first}
	 */
	static MailedReport main(List<MailedReport> reports) {
		return reports.stream().filter(MailedReport::forPeople).findFirst().orElse(reports.get(0));
	}

}
