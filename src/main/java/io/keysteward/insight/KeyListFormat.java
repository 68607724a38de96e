package io.keysteward.insight;

import java.util.List;

import io.keysteward.insight.NoticeKeys.NamedKey;
import io.keysteward.run.Run;

/**
 * Writes the keys of a mail to a file for people.
 */
public interface KeyListFormat {

	/**
	 * {@return the file's bytes}
	 * @param run the run whose keys they are
	 * @param keys the keys; their texts are untrusted
	 */
	byte[] write(Run run, List<NamedKey> keys);

}
