package io.keysteward.source.jdbc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A separate database in a real MariaDB, with one server for all tests, and a user with
 * all rights in the database. If MariaDB is not installed, tests that need it are
 * skipped, and fail in CI.
 */
final class MariaDb implements AutoCloseable {

	static final String USER = "ks";

	static final String PASSWORD = "ks-password";

	private static final AtomicInteger COUNT = new AtomicInteger();

	/** An unpacked package that replaces an installed one. */
	private static final @Nullable String UNPACKED = System.getenv("MARIADB_UNPACKED");

	private static @Nullable Integer server;

	private final String name;

	/** The administrator's connection. */
	private final SingleConnectionDataSource connection;

	private MariaDb(String name, SingleConnectionDataSource connection) {
		this.name = name;
		this.connection = connection;
	}

	/**
	 * {@return a new, empty database}
	 */
	static MariaDb create() {
		int port = port();
		String name = "t" + COUNT.incrementAndGet();
		SingleConnectionDataSource root = new SingleConnectionDataSource(
				"jdbc:mariadb://127.0.0.1:" + port + "/?allowMultiQueries=true", "root", "", true);
		JdbcClient.create(root).sql("""
				CREATE DATABASE %1$s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
				CREATE USER IF NOT EXISTS %2$s@'%%' IDENTIFIED BY '%3$s';
				GRANT ALL ON %1$s.* TO %2$s@'%%';
				USE %1$s
				""".formatted(name, USER, PASSWORD)).update();
		return new MariaDb(name, root);
	}

	JdbcClient jdbc() {
		return JdbcClient.create(this.connection);
	}

	String name() {
		return this.name;
	}

	/**
	 * {@return the server's host and port}
	 */
	URI server() {
		return URI.create("mariadb://127.0.0.1:" + port());
	}

	/**
	 * {@return the URL of the database}
	 * @param scheme the scheme of the driver
	 */
	String url(String scheme, int port) {
		return "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + this.name;
	}

	String url() {
		return url("mariadb", port());
	}

	@Override
	public void close() {
		jdbc().sql("DROP DATABASE " + this.name).update();
		this.connection.destroy();
	}

	private static synchronized int port() {
		Integer started = server;
		if (started == null) {
			started = start();
			server = started;
		}
		return started;
	}

	private static int start() {
		Optional<String> program = program("mariadbd");
		if (program.isEmpty()) {
			String line = "MariaDB is not installed (Debian: mariadb-server-core and mariadb-client-core): tests"
					+ " that need it do not run";
			if ("true".equals(System.getenv("CI"))) {
				throw new AssertionError(line);
			}
			Assumptions.abort(line);
		}
		try {
			Path directory = Files.createTempDirectory("mariadb");
			String user = System.getProperty("user.name");
			run(directory, "bash", program("mariadb-install-db").orElseThrow(), "--no-defaults", "--basedir=" + base(),
					"--datadir=" + directory.resolve("data"), "--user=" + user,
					"--auth-root-authentication-method=normal", "--skip-test-db");
			int port;
			try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				port = free.getLocalPort();
			}
			Process process = process(directory, program.get(), "--no-defaults", "--basedir=" + base(),
					"--lc-messages-dir=" + base() + "/share/mysql", "--datadir=" + directory.resolve("data"),
					"--user=" + user, "--port=" + port, "--bind-address=127.0.0.1",
					"--socket=" + directory.resolve("s"), "--pid-file=" + directory.resolve("pid"),
					"--innodb-flush-log-at-trx-commit=0");
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
			return port;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean answers(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void run(Path directory, String... command) throws IOException {
		try {
			Process process = process(directory, command);
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException(Files.readString(directory.resolve("log")));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static Process process(Path directory, String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
			.directory(directory.toFile());
		// A server that starts deletes the temporary tables of every other in the folder.
		builder.environment().put("TMPDIR", directory.toString());
		if (UNPACKED != null) {
			builder.environment()
				.put("LD_LIBRARY_PATH", UNPACKED + "/usr/lib/x86_64-linux-gnu:" + UNPACKED + "/lib/x86_64-linux-gnu");
		}
		return builder.start();
	}

	private static String base() {
		return (UNPACKED != null) ? UNPACKED + "/usr" : "/usr";
	}

	private static Optional<String> program(String name) {
		List<String> folders = new ArrayList<>(List.of(base() + "/sbin", base() + "/bin"));
		folders.addAll(Arrays.asList(System.getenv("PATH").split(File.pathSeparator)));
		Stream<Path> files = folders.stream().map((folder) -> Path.of(folder, name));
		return files.filter(Files::isReadable).map(Path::toString).findFirst();
	}

}
