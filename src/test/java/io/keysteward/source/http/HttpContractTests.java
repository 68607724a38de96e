package io.keysteward.source.http;

import io.keysteward.source.KeySourceContract;

/**
 * The contract of sources for an API that lists its keys.
 */
class HttpContractTests extends KeySourceContract {

	HttpContractTests() {
		super(new HttpFixture(""));
	}

}
