package io.keysteward.xlsx;

import java.util.Locale;

import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.xssf.usermodel.XSSFRelation;

/**
 * Parts of a workbook that run, or that fetch values from elsewhere.
 */
final class ForeignParts {

	private final WorkbookFaults faults;

	private final OPCPackage file;

	ForeignParts(WorkbookFaults faults, OPCPackage file) {
		this.faults = faults;
		this.file = file;
	}

	void requireNone() throws InvalidFormatException {
		for (PackagePart main : this.file.getPartsByRelationshipType(PackageRelationshipTypes.CORE_DOCUMENT)) {
			if (!main.getContentType().equals(XSSFRelation.WORKBOOK.getContentType())) {
				throw this.faults.otherType();
			}
		}
		for (PackagePart part : this.file.getParts()) {
			requireHarmless(part);
		}
	}

	private void requireHarmless(PackagePart part) throws InvalidFormatException {
		requireHarmless(part.getContentType() + " " + part.getPartName().getName());
		if (!part.isRelationshipPart()) {
			for (PackageRelationship relationship : part.getRelationships()) {
				requireHarmless(relationship.getRelationshipType());
				// A link to click on is what programs make of a typed address.
				if (relationship.getTargetMode() == TargetMode.EXTERNAL
						&& !relationship.getRelationshipType().endsWith("/hyperlink")) {
					throw links();
				}
			}
		}
	}

	/**
	 * Judges a content type, a name or the type of a relationship: one is enough to be
	 * obeyed by some program.
	 */
	private void requireHarmless(String kind) {
		String known = kind.toLowerCase(Locale.ROOT);
		if (known.contains("vbaproject") || known.contains("macro")) {
			throw this.faults.code("macros");
		}
		if (known.contains("activex") || known.contains("oleobject") || known.contains("dialogsheet")) {
			throw this.faults.code("embedded objects");
		}
		if (known.contains("externallink") || known.endsWith("/connections") || known.contains("connections+xml")) {
			throw links();
		}
	}

	private RuntimeException links() {
		return this.faults.code("links to other files");
	}

}
