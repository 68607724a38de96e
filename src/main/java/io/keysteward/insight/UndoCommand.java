package io.keysteward.insight;

import java.util.regex.Pattern;

import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The command that switches a disabled key on again, such that it can be pasted into a
 * shell.
 */
public final class UndoCommand {

	/** A tilde or an equals sign means something to some shells, where it stands. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+,-]+");

	private UndoCommand() {
	}

	/**
	 * {@return the command; null where a part of the id cannot be shown as it is}
	 */
	public static @Nullable String of(String source, String keyId) {
		String key = source + "/" + keyId;
		if (key.codePoints().anyMatch(SafeText::hidden)) {
			return null;
		}
		return "restore --key=" + (PLAIN.matcher(key).matches() ? key : "'" + key.replace("'", "'\\''") + "'");
	}

}
