package io.keysteward.source.landing;

import java.time.Instant;

import io.keysteward.source.Place;

/**
 * A system that provides its rows as texts: files, another database, an HTTP API. A
 * method that fails throws a {@link io.keysteward.text.Failure}, which names the file,
 * property or address at fault, and shows nothing of an answer.
 */
public interface LandedSystem {

	/**
	 * {@return where the system is, as far as it identifies itself}
	 */
	Place place();

	/**
	 * {@return the time by the system's clock; by ours if it has none}
	 */
	Instant now();

	/**
	 * Starts to read the system, in one consistent state if it can.
	 * @return the reading, which holds its resources until it is closed
	 */
	LandedReading open();

}
