package io.keysteward.report.html;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import io.keysteward.insight.FlaggedKey;
import io.keysteward.insight.Rows;
import io.keysteward.insight.Summary;
import io.keysteward.insight.Summary.RuleLine;
import io.keysteward.report.RowCounts;
import io.keysteward.text.SafeText;
import io.keysteward.text.UtcMinute;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The flagged keys: the first of them as a plain table, all of them packed, for the
 * script to filter and to sort.
 */
final class KeysPart {

	/** For print, and where no script runs. */
	static final int PLAIN = 500;

	private static final List<Column> COLUMNS = List.of(new Column("Level", "level", FlaggedKey::level),
			new Column("Source", "", FlaggedKey::source), new Column("Key id", "", FlaggedKey::keyId),
			new Column("Name", "", FlaggedKey::name), new Column("Masked key", "", FlaggedKey::maskedKey),
			new Column("Project", "", FlaggedKey::project), new Column("Owner", "", FlaggedKey::owner),
			new Column("Owner email", "", FlaggedKey::ownerEmail),
			new Column("Created (UTC)", "", FlaggedKey::createdAt),
			new Column("Last used (UTC)", "", (key) -> key.lastUse().shown()),
			new Column("Idle days", "number", FlaggedKey::idleDays),
			new Column("Findings", "findings", (key) -> String.join(", ", key.findings())),
			new Column("Reasons", "long", (key) -> String.join(" ", key.reasons())),
			new Column("What happens next", "long", (key) -> key.next().what()),
			new Column("When (UTC)", "", (key) -> key.next().when()));

	private final Page page;

	private final JsonMapper json = JsonMapper.shared();

	KeysPart(Page page) {
		this.page = page;
	}

	void write(Rows<FlaggedKey> keys, Summary summary) {
		this.page.element("h2", "Flagged keys");
		controls(summary);
		// The keys come once: those for the table are kept while all are packed.
		List<List<@Nullable Object>> first = pack(keys);
		this.page.raw("<p id=\"count\" class=\"dim\" role=\"status\">");
		this.page.text("The first " + first.size() + " of " + SummaryPart.number(keys.count()) + " flagged keys.");
		this.page.raw("</p>\n<div class=\"scroll\"><table id=\"keys\" class=\"keys\"><thead><tr>");
		COLUMNS.forEach((column) -> this.page.raw("<th scope=\"col\" data-kind=\"" + column.kind() + "\""
				+ number(column) + ">" + column.header() + "</th>"));
		this.page.raw("</tr></thead><tbody>\n");
		first.forEach(this::row);
		this.page.raw("</tbody></table></div>\n<p><button id=\"more\" type=\"button\" hidden>Show more</button></p>\n");
	}

	private void controls(Summary summary) {
		this.page.raw("<div id=\"controls\" class=\"controls\" hidden>\n<label>Any of the columns has"
				+ " <input id=\"text\" type=\"search\" autocomplete=\"off\"></label>\n<label>Level <select id=\"level\">"
				+ "<option value=\"\">any</option><option>VIOLATION</option><option>WARN</option><option>exempt</option>"
				+ "</select></label>\n<label>Finding <select id=\"rule\"><option value=\"\">any</option>");
		summary.rules().stream().map(RuleLine::rule).forEach((rule) -> this.page.element("option", rule));
		this.page.raw("</select></label>\n</div>\n");
	}

	private List<List<@Nullable Object>> pack(Rows<FlaggedKey> keys) {
		List<List<@Nullable Object>> first = new ArrayList<>();
		long[] written = { 0 };
		this.page.raw("<script type=\"text/plain\" id=\"data\">");
		try (OutputStream packed = new GZIPOutputStream(Base64.getEncoder().wrap(this.page.ascii()))) {
			packed.write('[');
			keys.each((key) -> {
				List<@Nullable Object> cells = cells(key);
				add(packed, cells, written[0]++ == 0);
				if (first.size() < PLAIN) {
					first.add(cells);
				}
			});
			packed.write(']');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.page.raw("</script>\n");
		RowCounts.requireSame("the web page's keys", keys.count(), "expected", written[0], "keys");
		return first;
	}

	private void add(OutputStream packed, List<@Nullable Object> cells, boolean isFirst) {
		try {
			if (!isFirst) {
				packed.write(',');
			}
			packed.write(this.json.writeValueAsBytes(cells));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<@Nullable Object> cells(FlaggedKey key) {
		List<@Nullable Object> cells = new ArrayList<>(COLUMNS.size());
		COLUMNS.forEach((column) -> cells.add(shown(column.value().apply(key))));
		return cells;
	}

	private static @Nullable Object shown(@Nullable Object value) {
		if (value instanceof Instant time) {
			return UtcMinute.of(time).replace(" UTC", "");
		}
		return (value instanceof String text) ? SafeText.line(text) : value;
	}

	private void row(List<@Nullable Object> cells) {
		this.page.raw("<tr>");
		for (int column = 0; column < cells.size(); column++) {
			Object value = cells.get(column);
			String kind = COLUMNS.get(column).kind();
			String styleClass = kind.equals("level") ? "level-" + value
					: (kind.equals("number") || kind.equals("long")) ? kind : null;
			this.page.raw("<td data-label=\"" + COLUMNS.get(column).header() + "\""
					+ ((styleClass != null) ? " class=\"" + styleClass + "\"" : "") + ">");
			this.page.text((value != null) ? value.toString() : null);
			this.page.raw("</td>");
		}
		this.page.raw("</tr>\n");
	}

	private static String number(Column column) {
		return column.kind().equals("number") ? " class=\"number\"" : "";
	}

	/**
	 * A column of the table.
	 *
	 * @param kind what it is to the script and to the style
	 */
	private record Column(String header, String kind, Function<FlaggedKey, @Nullable Object> value) {
	}

}
