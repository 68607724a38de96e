package io.keysteward.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xssf.usermodel.XSSFRelation;

import static java.util.Collections.list;

/**
 * The parts that POI reads into memory as a whole, while sheets and shared strings are
 * streamed. Each is unpacked once before, and refused if it would fill the memory.
 */
final class LoadedParts {

	private static final long LARGEST = 1 << 24;

	private static final List<String> TYPES = List.of(XSSFRelation.WORKBOOK.getContentType(),
			XSSFRelation.MACROS_WORKBOOK.getContentType(), XSSFRelation.STYLES.getContentType(),
			XSSFRelation.THEME.getContentType());

	private LoadedParts() {
	}

	/** Checks those that are read when a package is opened. */
	static void requireSmall(WorkbookFaults faults, Path file) throws IOException {
		try (ZipSecureFile zip = new ZipSecureFile(file.toFile())) {
			for (ZipArchiveEntry entry : list(zip.getEntries())) {
				if (isReadAtFirst(entry.getName().toLowerCase(Locale.ROOT))) {
					requireSmall(faults, zip.getInputStream(entry));
				}
			}
		}
	}

	private static boolean isReadAtFirst(String name) {
		return name.endsWith(".rels") || name.equals("[content_types].xml") || name.startsWith("docprops/");
	}

	/** Checks those that are read of a package that is open. */
	static void requireSmall(WorkbookFaults faults, OPCPackage file) throws IOException {
		for (String type : TYPES) {
			for (PackagePart part : file.getPartsByContentType(type)) {
				requireSmall(faults, part.getInputStream());
			}
		}
	}

	private static void requireSmall(WorkbookFaults faults, InputStream part) throws IOException {
		try (BoundedStream in = new BoundedStream(part, LARGEST)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw BoundedStream.TOO_LONG.equals(ex.getMessage()) ? faults.bomb() : faults.of(ex);
		}
	}

}
