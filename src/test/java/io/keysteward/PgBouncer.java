package io.keysteward;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A real PgBouncer in front of a test database's server, giving out its sessions by
 * transaction.
 */
public final class PgBouncer implements AutoCloseable {

	private final Process process;

	private final int port;

	private PgBouncer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * {@return whether this machine has the program}
	 */
	public static boolean isInstalled() {
		return program().isPresent();
	}

	/**
	 * Starts it.
	 * @param database whose server it stands in front of; everybody is its user
	 * @param directory for its files
	 */
	public static PgBouncer start(TestDatabase database, Path directory) throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		Path settings = Files.writeString(Files.createTempFile(directory, "pgbouncer", ".ini"), """
				[databases]
				* = host=127.0.0.1 port=%d user=%s password=%s
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %d
				unix_socket_dir =
				auth_type = any
				pool_mode = transaction
				ignore_startup_parameters = extra_float_digits
				""".formatted(database.server().getPort(), database.username(), database.password(), port));
		List<String> command = new ArrayList<>(List.of(program().orElseThrow(), settings.toString()));
		if (System.getProperty("user.name").equals("root")) {
			// It will not run as root, but it can read its settings before it becomes
			// nobody.
			command.addAll(1, List.of("-u", "nobody"));
		}
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("pgbouncer.log").toFile())
			.start();
		PgBouncer started = new PgBouncer(process, port);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(started::answers);
		return started;
	}

	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Optional<String> program() {
		return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
			.map((folder) -> Path.of(folder, "pgbouncer"))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst();
	}

}
