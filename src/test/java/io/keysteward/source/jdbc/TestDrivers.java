package io.keysteward.source.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Drivers' jars, copied from the tests' class path into a folder.
 */
public enum TestDrivers {

	MARIADB("org.mariadb.jdbc.Driver"),

	MYSQL("com.mysql.cj.jdbc.Driver"),

	SQLITE("org.sqlite.JDBC");

	private final String driver;

	TestDrivers(String driver) {
		this.driver = driver;
	}

	/**
	 * {@return the driver's jar}
	 */
	public Path jar() {
		try {
			return Path.of(Class.forName(this.driver).getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (ClassNotFoundException | URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * {@return a new folder with these drivers}
	 */
	public static Path folder(TestDrivers... drivers) {
		try {
			Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/definitions")), "drivers");
			for (TestDrivers each : drivers) {
				Files.copy(each.jar(), folder.resolve(each.jar().getFileName()));
			}
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
