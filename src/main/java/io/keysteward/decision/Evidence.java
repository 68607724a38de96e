package io.keysteward.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.report.workbook.FindingsForm;
import io.keysteward.text.SafeText;
import io.keysteward.text.Sha256;
import io.keysteward.xlsx.SerialTime;

/**
 * What the cells of a key's row hold that nobody is to change, told alike whatever
 * program saved them.
 *
 * @param texts the texts in the order of the headers
 */
record Evidence(List<String> texts) {

	private static final List<String> HEADERS = FindingsForm.evidence();

	private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}");

	Evidence {
		// Programs write each of the three for one line break.
		texts = texts.stream().map((text) -> text.replace("\r\n", "\n").replace('\r', '\n')).toList();
	}

	/**
	 * {@return what the report has of a key}
	 */
	static Evidence of(FlaggedKey key) {
		return new Evidence(FindingsForm.texts(key));
	}

	/**
	 * {@return the same, where a cell has lost its format and shows a time as a number}
	 * @param like what the report has
	 */
	Evidence withTimes(Evidence like, boolean since1904) {
		List<String> same = new ArrayList<>();
		for (int at = 0; at < this.texts.size(); at++) {
			String text = this.texts.get(at);
			same.add(TIME.matcher(like.texts.get(at)).matches()
					? WrittenTime.of(text, since1904).map(SerialTime::text).orElse(text) : text);
		}
		return new Evidence(same);
	}

	/**
	 * {@return a line for each cell that is not as the report has it}
	 * @param report what the report has
	 */
	List<String> edited(Evidence report) {
		List<String> lines = new ArrayList<>();
		for (int at = 0; at < this.texts.size(); at++) {
			if (!this.texts.get(at).equals(report.texts.get(at))) {
				lines.add(HEADERS.get(at) + ": the report has " + quoted(report.texts.get(at)) + ", the file has "
						+ quoted(this.texts.get(at)));
			}
		}
		return lines;
	}

	/**
	 * {@return what stands for it where there are very many rows}
	 */
	String digest() {
		StringBuilder all = new StringBuilder();
		this.texts.forEach((text) -> all.append(text.length()).append(':').append(text));
		return Sha256.of(all.toString()).substring(0, 20);
	}

	static String quoted(String text) {
		return text.isEmpty() ? "nothing" : "'" + SafeText.shortened(text) + "'";
	}

}
