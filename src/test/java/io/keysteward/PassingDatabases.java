package io.keysteward;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Drops each test's databases at its end: they are in memory where that is possible, and
 * some thousand would not fit. Drops only what {@link TestDatabase} has made in this
 * process.
 */
public final class PassingDatabases implements AfterEachCallback {

	private static final Set<TestDatabase> MADE = ConcurrentHashMap.newKeySet();

	static void add(TestDatabase database) {
		MADE.add(database);
	}

	/** From now on it lives as long as the tests. */
	static void keep(TestDatabase database) {
		MADE.remove(database);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		MADE.removeIf((database) -> {
			database.drop();
			return true;
		});
	}

}
