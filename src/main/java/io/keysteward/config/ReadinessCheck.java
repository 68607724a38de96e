package io.keysteward.config;

import org.jspecify.annotations.Nullable;

/**
 * Checks one part that a run needs, and changes nothing.
 */
interface ReadinessCheck {

	/**
	 * Checks the part.
	 * @param trial the results of earlier parts, and the listener
	 * @return what was found; null: nothing to report, or already reported
	 */
	@Nullable String check(Trial trial);

}
