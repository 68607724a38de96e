package io.keysteward.source.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.keysteward.source.http.TokenLogin.Token;
import io.keysteward.text.Failure;

/**
 * Gets tokens from a program's output, which is never shown.
 */
final class TokenCommand implements TokenLogin.TokenProvider {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * How long a token is kept, since its validity is unknown; an expired one is refused.
	 */
	private static final Duration KEPT = Duration.ofMinutes(10);

	private static final int MOST_BYTES = 64 * 1024;

	private final String property;

	private final List<String> command;

	private final Duration timeout;

	TokenCommand(String property, List<String> command) {
		this(property, command, PATIENCE);
	}

	TokenCommand(String property, List<String> command, Duration timeout) {
		this.property = property;
		this.command = List.copyOf(command);
		this.timeout = timeout;
	}

	@Override
	public Token token() {
		Process process = start();
		try {
			CompletableFuture<byte[]> printed = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
			byte[] output = printed.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
			if (!process.waitFor(this.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				throw tooSlow();
			}
			return token(process.exitValue(), output);
		}
		catch (TimeoutException ex) {
			throw tooSlow();
		}
		catch (ExecutionException ex) {
			throw Failure.retry(this.property + ": the program's output cannot be read; start the run again", null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failure.retry(this.property + ": the run was interrupted while the program ran; start it again",
					null);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private Process start() {
		try {
			Process process = new ProcessBuilder(this.command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			process.getOutputStream().close();
			return process;
		}
		catch (IOException ex) {
			throw Failure.configuration(this.property + " '" + this.command.get(0) + "': cannot be started; write a"
					+ " program's path and its arguments as a list");
		}
	}

	private static byte[] read(InputStream output) {
		try (output) {
			return output.readNBytes(MOST_BYTES);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The program's output cannot be read", ex);
		}
	}

	private Token token(int exitValue, byte[] output) {
		if (exitValue != 0) {
			throw Failure.configuration(this.property + " '" + this.command.get(0) + "': ended with " + exitValue
					+ "; run it by hand to see why");
		}
		String token = new String(output, StandardCharsets.UTF_8).strip();
		if (token.isEmpty()) {
			throw Failure.configuration(
					this.property + " '" + this.command.get(0) + "': printed nothing; it must print the token");
		}
		return Token.of(Template.headerText(this.property + ": the program's output", token), KEPT);
	}

	private Failure tooSlow() {
		return Failure.retry(
				this.property + " '" + this.command.get(0) + "': did not end within " + this.timeout.toSeconds() + " s",
				null);
	}

	@Override
	public String toString() {
		return "token-command " + this.command.get(0);
	}

}
