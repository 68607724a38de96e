package io.keysteward.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Explains in one line why a report could not be written, and what to do.
 */
public final class WriteFailures {

	public static final String PROPERTY = "keysteward.report.directory";

	private WriteFailures() {
	}

	/**
	 * {@return the failure to throw; an exception that does not concern files stays as it
	 * is}
	 * @param setting the property or option that named the target
	 */
	public static RuntimeException explain(Exception thrown, Path target, String setting) {
		IOException cause = ioException(thrown);
		if (thrown instanceof Failure failure) {
			return failure;
		}
		if (cause == null) {
			return (thrown instanceof RuntimeException unforeseen) ? unforeseen : new IllegalStateException(thrown);
		}
		String cannot = setting + ": '" + target + "' cannot be written";
		String again = setting.equals(PROPERTY) ? "start the run again" : "try again";
		if (isFull(cause)) {
			return Failure.retry(cannot + ": no space is left there; make room and " + again, cause);
		}
		if (cause instanceof FileSystemException) {
			return Failure.configuration(cannot + " (" + why(cause) + "); name a directory that this user may write to",
					cause);
		}
		return Failure.retry(cannot + " (" + cause.getMessage() + "); " + again, cause);
	}

	static boolean isFull(IOException cause) {
		String message = String.valueOf(cause.getMessage());
		return message.contains("No space left") || message.contains("Disk quota");
	}

	private static String why(IOException cause) {
		if (cause instanceof AccessDeniedException denied) {
			return denied.getFile() + ": permission denied";
		}
		if (cause instanceof FileAlreadyExistsException there) {
			return there.getFile() + " is no directory";
		}
		if (cause instanceof NoSuchFileException missing) {
			return missing.getFile() + ": there is no such directory";
		}
		return String.valueOf(cause.getMessage());
	}

	private static @Nullable IOException ioException(Exception thrown) {
		// A lost database connection is an IOException too, and is explained
		// elsewhere.
		for (Throwable cause = thrown; cause != null && !(cause instanceof SQLException); cause = cause.getCause()) {
			if (cause instanceof IOException found) {
				return found;
			}
		}
		return null;
	}

}
