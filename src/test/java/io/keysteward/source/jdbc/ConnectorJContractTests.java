package io.keysteward.source.jdbc;

import io.keysteward.source.KeySourceContract;

/**
 * The contract of sources for a MariaDB, by MySQL's driver.
 */
class ConnectorJContractTests extends KeySourceContract {

	ConnectorJContractTests() {
		super(new MariaDbFixture("mysql", TestDrivers.MYSQL));
	}

}
