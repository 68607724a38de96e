package io.keysteward.source;

import java.time.Instant;
import java.util.Set;

/**
 * A system whose keys are governed: one id, one definition, one connection. Every method
 * ends in a {@link io.keysteward.text.Failure} that names the file or property where
 * something is wrong.
 */
public interface KeySource {

	/**
	 * {@return the name in reports}
	 */
	String id();

	/**
	 * {@return what the source is, for people}
	 */
	String title();

	/**
	 * {@return the definition's folder name}
	 */
	String definition();

	/**
	 * {@return the file of its definition that says what is shown of a key, for messages
	 * that ask for a correction of it}
	 */
	String definitionFile();

	/**
	 * {@return SHA-256 of the definition's files, in hex: a change of it is a changed
	 * policy}
	 */
	String definitionSha256();

	/**
	 * Connects and checks that the database fits the definition: its probe, its columns,
	 * its rights. Changes nothing.
	 * @return what the source says of itself
	 */
	Probe probe();

	/**
	 * {@return what time it is by the source's clock}
	 */
	Instant now();

	/**
	 * {@return where the source is, whether it fits its definition or not}
	 */
	Place place();

	/**
	 * Starts to read every key in one consistent snapshot.
	 * @param projects only keys of these projects; empty: all
	 * @return the reading, which holds a connection until it is closed
	 */
	KeySnapshot open(Set<String> projects);

	/**
	 * {@return what its definition says of switching keys off}
	 */
	DisableCapability disabling();

	/**
	 * {@return what switches its keys off and on}
	 * @param places texts of the places at one of which each key must be when it is
	 * switched; empty: wherever the source is
	 * @throws io.keysteward.text.Failure where its definition cannot
	 */
	KeySwitch keySwitch(Set<String> places);

}
