package io.keysteward.source;

import java.time.Instant;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import org.jspecify.annotations.Nullable;

/**
 * A system whose keys are governed: one id, one definition, one connection. Every method
 * throws a {@link io.keysteward.text.Failure} that names the faulty file or property.
 */
public interface KeySource {

	/**
	 * {@return the name in reports}
	 */
	String id();

	/**
	 * {@return the source's title for people}
	 */
	String title();

	/**
	 * {@return the name of the definition's folder}
	 */
	String definition();

	/**
	 * {@return the file of its definition that selects keys, for messages}
	 */
	String definitionFile();

	/**
	 * {@return the SHA-256 of the definition's files, in hex; another hash is a changed
	 * policy}
	 */
	String definitionSha256();

	/**
	 * {@return what its definition declares; connects to nothing}
	 * @param columns the columns that a reading has returned
	 * @param knownSince the start of recording use by that reading; null: from the start,
	 * or not known
	 */
	SourceTraits traits(Set<KeyColumn> columns, @Nullable Instant knownSince);

	/**
	 * Connects and checks that the system fits the definition: probe, columns, rights.
	 * Changes nothing.
	 * @return what the source declares, and its place
	 */
	Probe probe();

	/**
	 * {@return the time by the source's clock}
	 */
	Instant now();

	/**
	 * {@return the source's place, whether it fits its definition or not}
	 */
	Place place();

	/**
	 * Starts to read keys in one consistent snapshot.
	 * @param projects the projects whose keys to read; empty: all
	 * @return the reading, which holds a connection until it is closed
	 */
	KeySnapshot open(Set<String> projects);

	/**
	 * {@return whether and how its definition can disable keys}
	 */
	DisableCapability disabling();

	/**
	 * {@return the switch for its keys}
	 * @param places texts of the places at one of which the source must be for a change;
	 * empty: any place
	 * @throws io.keysteward.text.Failure where its definition cannot disable
	 */
	KeySwitch keySwitch(Set<String> places);

}
