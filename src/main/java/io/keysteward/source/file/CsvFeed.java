package io.keysteward.source.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV or TSV file. The delimiter is the one that yields the headers.
 */
final class CsvFeed implements RowFeed {

	private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

	/** In characters; more than the largest field. */
	private static final int BUFFER = 16_000_000;

	private static final Pattern LINE = Pattern.compile("line (\\d+)");

	private final String shown;

	private final QuoteReader text;

	private final CsvReader<CsvRecord> reader;

	private final CloseableIterator<CsvRecord> records;

	private final Header header;

	private long line;

	private CsvFeed(String shown, QuoteReader text, char delimiter, Table table) {
		this.shown = shown;
		this.text = text;
		this.reader = builder(delimiter).ofCsvRecord(text);
		this.records = this.reader.iterator();
		CsvRecord first = record();
		this.header = Header.of(shown, table, (first != null) ? first.getFields() : List.of());
	}

	/**
	 * {@return the rows of a file}
	 * @param shown its name in messages
	 * @param format csv or tsv; null: either
	 */
	static CsvFeed open(String shown, ExportText text, Table table, @Nullable ExportFormat format) {
		List<Character> delimiters = (format == ExportFormat.TSV) ? List.of('\t') : DELIMITERS;
		Predicate<String> chinese = (beginning) -> isProof(table, beginning, delimiters);
		String beginning = text.beginning(chinese);
		char delimiter = delimiter(table, beginning, delimiters);
		QuoteReader reader = new QuoteReader(text.reader(chinese), delimiter);
		try {
			return new CsvFeed(shown, reader, delimiter, table);
		}
		catch (RuntimeException ex) {
			close(reader);
			throw ex;
		}
	}

	/**
	 * A complete header with letters outside ASCII proves an encoding.
	 */
	private static boolean isProof(Table table, String beginning, List<Character> delimiters) {
		boolean letters = table.columns()
			.stream()
			.anyMatch((column) -> column.at().chars().anyMatch((character) -> character > 0x7f));
		List<String> header = header(beginning, delimiter(table, beginning, delimiters));
		long optional = table.columns().stream().filter((column) -> table.optional().contains(column.name())).count();
		return letters && Header.matches(table, header) >= table.columns().size() - optional;
	}

	private static char delimiter(Table table, String beginning, List<Character> delimiters) {
		char best = delimiters.get(0);
		long most = -1;
		int fields = 0;
		for (char delimiter : delimiters) {
			List<String> header = header(beginning, delimiter);
			long matches = Header.matches(table, header);
			if (matches > most || (matches == most && header.size() > fields)) {
				best = delimiter;
				most = matches;
				fields = header.size();
			}
		}
		return best;
	}

	private static List<String> header(String beginning, char delimiter) {
		try (CsvReader<CsvRecord> reader = builder(delimiter).ofCsvRecord(beginning);
				CloseableIterator<CsvRecord> records = reader.iterator()) {
			return records.hasNext() ? records.next().getFields() : List.of();
		}
		catch (CsvParseException | IOException ex) {
			return List.of();
		}
	}

	private static CsvReader.CsvReaderBuilder builder(char delimiter) {
		return CsvReader.builder()
			.fieldSeparator(delimiter)
			.allowExtraCharsAfterClosingQuote(false)
			.skipEmptyLines(true)
			.maxBufferSize(BUFFER);
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		CsvRecord row = record();
		return (row != null) ? this.header.row(List.copyOf(row.getFields()), this.line) : null;
	}

	private @Nullable CsvRecord record() {
		try {
			CsvRecord row = this.records.hasNext() ? this.records.next() : null;
			if (row != null) {
				this.line = row.getStartingLineNumber();
			}
			if (this.text.endsOpen() && !this.records.hasNext()) {
				throw neverClosed(this.line);
			}
			return row;
		}
		catch (CsvParseException ex) {
			throw fault(ex);
		}
		catch (UncheckedIOException ex) {
			throw fault(Objects.requireNonNull(ex.getCause()));
		}
	}

	private Failure neverClosed(long where) {
		return Failure.configuration(this.shown + ": line " + where
				+ ": a quote is never closed, so everything after it would be one field; export it again");
	}

	private Failure fault(IOException ex) {
		return (ex instanceof CharacterCodingException)
				? Failure.configuration(this.shown + ": has characters after line " + this.line
						+ " that are invalid in its encoding; save it as UTF-8")
				: Failure.retry(this.shown + ": cannot be read now; start the run again", ex);
	}

	/** Without the parser's message, which may quote the file. */
	private Failure fault(CsvParseException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException io) {
				return fault(io);
			}
		}
		Matcher at = LINE.matcher(String.valueOf(ex.getMessage()));
		long where = at.find() ? Long.parseLong(at.group(1)) : this.line + 1;
		if (this.text.endsOpen()) {
			return neverClosed(where);
		}
		String message = ((ex.getCause() != null) ? ex.getCause() : ex).getMessage();
		if (message != null && message.contains("buffer")) {
			return Header.tooLarge(this.shown, where);
		}
		return Failure.configuration(this.shown + ": line " + where
				+ ((message != null && message.contains("quote"))
						? ": a quoted field continues after its closing quote; export it again"
						: ": has more or fewer fields than the header; export it again"));
	}

	@Override
	public void close() {
		close(this.text);
	}

	private static void close(QuoteReader reader) {
		try {
			reader.close();
		}
		catch (IOException ex) {
			// The rows that were read stay valid.
		}
	}

}
