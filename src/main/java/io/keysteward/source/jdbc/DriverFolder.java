package io.keysteward.source.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import io.keysteward.text.ShownUrl;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the drivers' jars. Drivers see the JDK and each other, but nothing of
 * Keysteward. The folder is read when a source first needs a driver.
 */
final class DriverFolder {

	/** MariaDB's driver would write on standard output what is one line of ours. */
	private static final String QUIET = "mariadb.logging.disable";

	private static final String PROPERTY = "keysteward.drivers";

	/** The most broken drivers: a wrong version shows only when its driver is created. */
	private static final int MAX_BROKEN = 100;

	private final Path folder;

	private final Map<Driver, FoundDriver> found = new HashMap<>();

	private @Nullable Content content;

	DriverFolder(Path folder) {
		this.folder = folder;
	}

	/**
	 * {@return the only driver that accepts a URL}
	 * @param property the URL's setting, for messages
	 */
	synchronized FoundDriver driver(String property, String url) {
		if (this.content == null) {
			this.content = read(property, url);
		}
		Content present = this.content;
		List<Driver> taking = present.drivers.stream().filter((driver) -> takes(driver, url)).toList();
		if (taking.isEmpty()) {
			throw missing(property, url, present);
		}
		List<Path> jars = taking.stream()
			.flatMap((driver) -> jars(driver, present.loader).stream())
			.distinct()
			.toList();
		if (taking.size() > 1 || jars.size() > 1) {
			throw Failure.configuration(property + ": " + jars.size() + " drivers in " + shown() + " take "
					+ ShownUrl.of(url) + ": " + names(jars) + "; remove all but one");
		}
		return this.found.computeIfAbsent(taking.get(0), (driver) -> found(driver, jars.get(0)));
	}

	private FoundDriver found(Driver driver, Path jar) {
		try {
			return new FoundDriver(driver, String.valueOf(jar.getFileName()), Sha256.of(Files.readAllBytes(jar)));
		}
		catch (IOException ex) {
			throw unreadable(jar, ex);
		}
	}

	private Failure missing(String property, String url, Content found) {
		String none = property + ": no driver in " + shown() + " takes " + ShownUrl.of(url);
		if (!found.broken.isEmpty()) {
			return Failure.configuration(none + ", and one of them cannot be used: " + found.broken.get(0)
					+ "; put a version of the driver there that runs on Java " + Runtime.version().feature());
		}
		return Failure
			.configuration(none + (found.jars.isEmpty() ? ", which has no jar" : "; it has " + names(found.jars))
					+ "; put the jar of the database's driver there (docs/sources.md)");
	}

	private static boolean takes(Driver driver, String url) {
		try {
			return driver.acceptsURL(url);
		}
		catch (SQLException ex) {
			// Some drivers reject details of their own URL, which connecting reports
			// later.
			return true;
		}
		catch (LinkageError ex) {
			return false;
		}
	}

	private Content read(String property, String url) {
		if (!Files.isDirectory(this.folder)) {
			throw Failure.configuration(PROPERTY + ": there is no folder " + shown() + ", and " + property + " ("
					+ ShownUrl.of(url) + ") needs its database's driver; create the folder, and put the jar there");
		}
		List<Path> jars = jars();
		jars.forEach(this::requireReadable);
		if (System.getProperty(QUIET) == null) {
			System.setProperty(QUIET, "true");
		}
		URLClassLoader loader = new URLClassLoader("drivers", jars.stream().map(DriverFolder::url).toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader());
		List<Driver> drivers = new ArrayList<>();
		List<String> broken = new ArrayList<>();
		Iterator<Driver> services = ServiceLoader.load(Driver.class, loader).iterator();
		while (broken.size() < MAX_BROKEN) {
			try {
				if (!services.hasNext()) {
					break;
				}
				drivers.add(services.next());
			}
			catch (ServiceConfigurationError | LinkageError ex) {
				broken.add(reason(ex));
			}
		}
		return new Content(loader, jars, drivers, broken);
	}

	private List<Path> jars() {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> file.getFileName().toString().endsWith(".jar")).sorted().toList();
		}
		catch (IOException ex) {
			throw Failure.configuration(PROPERTY + ": " + shown() + " cannot be read; check the rights on it", ex);
		}
	}

	private void requireReadable(Path jar) {
		try (JarFile whole = new JarFile(jar.toFile())) {
			whole.getManifest();
		}
		catch (IOException ex) {
			throw unreadable(jar, ex);
		}
	}

	private Failure unreadable(Path jar, IOException ex) {
		return Failure.configuration(PROPERTY + ": " + shown() + "/" + jar.getFileName()
				+ " cannot be read as a jar; copy it there again, and let Keysteward's user read it", ex);
	}

	/** All jars with the driver, since a class loader shows only the first. */
	private static List<Path> jars(Driver driver, ClassLoader loader) {
		String file = driver.getClass().getName().replace('.', '/') + ".class";
		try {
			return Collections.list(loader.getResources(file)).stream().map(DriverFolder::jar).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path jar(URL entry) {
		try {
			String jar = entry.getPath();
			return Path.of(new URL(jar.substring(0, jar.lastIndexOf('!'))).toURI());
		}
		catch (URISyntaxException | MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static URL url(Path jar) {
		try {
			return jar.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The innermost error names the class that cannot be linked. */
	static String reason(Throwable error) {
		Throwable root = ErrorCause.root(error);
		String message = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return message.lines().findFirst().orElse("no reason given").strip().replaceFirst("\\.$", "");
	}

	private static String names(List<Path> jars) {
		return jars.stream().map((jar) -> String.valueOf(jar.getFileName())).collect(Collectors.joining(", "));
	}

	private String shown() {
		return this.folder.toString().replace('\\', '/');
	}

	/**
	 * The content of the folder.
	 *
	 * @param loader the class loader of all jars
	 * @param jars the jars
	 * @param drivers the usable drivers
	 * @param broken why others cannot be used
	 */
	private record Content(ClassLoader loader, List<Path> jars, List<Driver> drivers, List<String> broken) {
	}

}
