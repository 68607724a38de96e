package io.keysteward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Where Keysteward has written texts that it must not write: in a report, in a table of
 * its own.
 */
public final class WrittenPlaces {

	private final Collection<String> texts;

	private final List<String> found = new ArrayList<>();

	private WrittenPlaces(Collection<String> texts) {
		this.texts = texts;
	}

	/**
	 * {@return the files and tables that have one of some texts}
	 * @param register whose
	 */
	public static List<String> of(Register register, Collection<String> texts) {
		WrittenPlaces places = new WrittenPlaces(texts);
		try (Stream<Path> files = Files.walk(register.reports())) {
			files.filter(Files::isRegularFile).forEach(places::file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		places.tables(register);
		return places.found;
	}

	private void file(Path file) {
		try {
			if (!file.toString().endsWith(".xlsx")) {
				look(file.toString(), Files.readString(file));
				return;
			}
			try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
				for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
					look(file + " " + entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void tables(Register register) {
		register.governance()
			.sql("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname !~ '^(pg_|information_)'")
			.query(String.class)
			.list()
			.forEach((table) -> look(table,
					register.governance()
						.sql("SELECT coalesce(string_agg(t::text, chr(10)), '') FROM " + table + " AS t")
						.query(String.class)
						.single()));
	}

	private void look(String place, String content) {
		if (this.texts.stream().anyMatch(content::contains)) {
			this.found.add(place);
		}
	}

}
