package io.keysteward.report;

import java.nio.file.Path;
import java.util.List;

/**
 * A complete report in its place.
 *
 * @param format the name of its format
 * @param file the report
 * @param sha256 its SHA-256 in hex
 * @param bytes its size
 * @param companion files that belong to it, such as the inventory as CSV
 */
public record WrittenReport(String format, Path file, String sha256, long bytes, List<Path> companion) {

}
