package io.keysteward.source.landing;

import java.util.Set;

import io.keysteward.source.KeySwitch;
import org.jspecify.annotations.Nullable;

/**
 * A landed system in which keys can be switched off and on.
 */
public interface SwitchingSystem extends LandedSystem {

	/**
	 * {@return why its definition cannot switch keys; null: it can}
	 */
	@Nullable String obstacle();

	/**
	 * {@return what switches its keys}
	 * @param keys finds a key in a reading of the system, by the SQL of the inventory
	 * @param places texts of the places where keys may be switched; empty: any place
	 */
	KeySwitch keySwitch(LandedKeys keys, Set<String> places);

}
