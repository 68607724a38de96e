package io.keysteward.source.jdbc;

import io.keysteward.source.KeySourceContract;

/**
 * The contract of sources for an SQLite file.
 */
class SqliteContractTests extends KeySourceContract {

	SqliteContractTests() {
		super(new SqliteFixture());
	}

}
