package io.keysteward.source.definition;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The entry {@code rows.TABLE} of {@code source.yaml}: where the rows of a landed table
 * come from. Each kind of source allows some of the keys.
 *
 * @param format a file's format: csv, tsv, xlsx, json, jsonl
 * @param sheet the sheet of an XLSX file; null: the first
 * @param columns a list of names, or a map from names to the places of their values
 * @param optional the columns that every row may lack
 * @param get the path of an HTTP list
 * @param headers the headers of each request
 * @param at a JSON Pointer to the list; null: the whole answer is the list
 * @param page the paging of a list; null: a single page
 * @param total a JSON Pointer to the number of rows
 * @param forEach an earlier table, or a parameter that is a list: one round for each
 * value
 * @param require JSON Pointers and the values that each answer must have there
 * @param sql a file with the SELECT for a foreign database
 * @param one the column (SQL) or path (HTTP) by which a single row is read again
 */
public record RowsYaml(@Nullable String format, @Nullable String sheet, @Nullable JsonNode columns,
		@Nullable List<String> optional, @Nullable String get, @Nullable Map<String, String> headers,
		@Nullable String at, @Nullable JsonNode page, @Nullable String total, @Nullable String forEach,
		@Nullable Map<String, JsonNode> require, @Nullable String sql, @Nullable String one) {
}
