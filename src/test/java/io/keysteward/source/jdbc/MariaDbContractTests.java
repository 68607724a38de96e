package io.keysteward.source.jdbc;

import io.keysteward.source.KeySourceContract;

/**
 * The contract of sources for a MariaDB, by its own driver.
 */
class MariaDbContractTests extends KeySourceContract {

	MariaDbContractTests() {
		super(new MariaDbFixture("mariadb", TestDrivers.MARIADB));
	}

}
