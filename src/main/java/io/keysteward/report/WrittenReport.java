package io.keysteward.report;

import java.nio.file.Path;
import java.util.List;

/**
 * A workbook that is whole and in its place.
 *
 * @param file the workbook
 * @param sha256 its SHA-256 in hex
 * @param bytes its size
 * @param beside files that belong to it, such as the inventory as CSV
 */
public record WrittenReport(Path file, String sha256, long bytes, List<Path> beside) {

}
