package io.keysteward.config;

import org.jspecify.annotations.Nullable;

/**
 * Tries one part that a run needs, and changes nothing.
 */
interface ReadinessCheck {

	/**
	 * Tries it.
	 * @param trial what the parts before it have found out, and who hears of it
	 * @return what was seen; null: there is nothing to say, or it has been said
	 */
	@Nullable String check(Trial trial);

}
