package io.keysteward.source.landing;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Rows that are already landed, for tables that are read once for each of them.
 */
public interface LandedRows {

	/**
	 * {@return some columns of each row of a table, by their names}
	 */
	List<Map<String, @Nullable String>> rows(String table, List<String> columns);

}
