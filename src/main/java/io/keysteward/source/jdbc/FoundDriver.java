package io.keysteward.source.jdbc;

import java.sql.Driver;

/**
 * A driver from a jar, which accepts a URL.
 *
 * @param driver the driver
 * @param jar the jar's name
 * @param sha256 the jar's hash, in hex
 */
record FoundDriver(Driver driver, String jar, String sha256) {

	/**
	 * {@return whether it needs a setting to read row by row: MySQL's own and
	 * OceanBase's}
	 */
	boolean readsRowByRow() {
		String name = this.driver.getClass().getName();
		return name.startsWith("com.mysql.") || name.startsWith("com.oceanbase.");
	}

}
