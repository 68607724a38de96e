package io.keysteward.source.http;

import io.keysteward.source.KeySourceContract;

/**
 * The contract of sources for an API that also returns single keys.
 */
class HttpOneContractTests extends KeySourceContract {

	HttpOneContractTests() {
		super(new HttpFixture(TestApi.ONE));
	}

}
