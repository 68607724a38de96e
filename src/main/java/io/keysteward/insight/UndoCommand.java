package io.keysteward.insight;

import java.util.regex.Pattern;

import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The command that restores a disabled key, quoted for a shell.
 */
public final class UndoCommand {

	/** Some shells interpret a tilde or an equals sign at the start. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+,-]+");

	private UndoCommand() {
	}

	/**
	 * {@return the command; null: the id has characters that cannot be shown}
	 */
	public static @Nullable String of(String source, String keyId) {
		String key = source + "/" + keyId;
		if (key.codePoints().anyMatch(SafeText::hidden)) {
			return null;
		}
		return "restore --key=" + (PLAIN.matcher(key).matches() ? key : "'" + key.replace("'", "'\\''") + "'");
	}

}
