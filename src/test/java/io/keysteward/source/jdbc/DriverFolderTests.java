package io.keysteward.source.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The driver that is found in the folder, and the message if there is none.
 */
class DriverFolderTests {

	private static final String URL = "jdbc:mariadb://db.example.com/shop?sslMode=verify-full";

	private final Path folder;

	DriverFolderTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void aDriverIsFoundByTheUrlThatItTakes() throws IOException {
		put(TestDrivers.MARIADB, "m.jar");
		put(TestDrivers.MYSQL, "c.jar");
		put(TestDrivers.SQLITE, "s.jar");
		FoundDriver mariadb = new DriverFolder(this.folder).driver("url", URL);
		assertThat(mariadb.jar()).isEqualTo("m.jar");
		assertThat(mariadb.sha256()).isEqualTo(Sha256.of(Files.readAllBytes(this.folder.resolve("m.jar"))));
		assertThat(mariadb.readsRowByRow()).isFalse();
		assertThat(new DriverFolder(this.folder).driver("url", "jdbc:mysql://db/shop").readsRowByRow()).isTrue();
		assertThat(new DriverFolder(this.folder).driver("url", "jdbc:sqlite:/x.db").jar()).isEqualTo("s.jar");
	}

	/** Drivers on Keysteward's own class path do not count. */
	@Test
	void itSeesNothingOfKeysteward() throws IOException {
		put(TestDrivers.SQLITE, "s.jar");
		ClassLoader loader = new DriverFolder(this.folder).driver("url", "jdbc:sqlite:/x.db")
			.driver()
			.getClass()
			.getClassLoader();
		assertThat(loader).isNotSameAs(getClass().getClassLoader());
		assertThat(catchThrowableOfType(ClassNotFoundException.class, () -> loader.loadClass(Failure.class.getName())))
			.isNotNull();
		assertThat(DriverManager.drivers().map((driver) -> driver.getClass().getClassLoader())).doesNotContain(loader);
	}

	@Test
	void aFolderThatIsMissingIsNamed() {
		Path missing = this.folder.resolve("drivers");
		assertThat(failure(missing, "jdbc:mysql://db.example.com/shop?user=x"))
			.isEqualTo("keysteward.drivers: there is no folder " + missing + ", and x.url"
					+ " (jdbc:mysql://db.example.com/shop) needs its database's driver; create the folder, and put"
					+ " the jar there");
	}

	@Test
	void whereNoDriverTakesTheUrlThoseThatAreThereAreNamed() throws IOException {
		assertThat(failure(this.folder, URL)).isEqualTo("x.url: no driver in " + this.folder
				+ " takes jdbc:mariadb://db.example.com/shop, which has no jar; put the jar of the database's driver"
				+ " there" + " (docs/sources.md)");
		put(TestDrivers.SQLITE, "s.jar");
		assertThat(failure(this.folder, URL)).contains("takes jdbc:mariadb://db.example.com/shop; it has s.jar; put");
	}

	@Test
	void ofTwoDriversNoneIsChosen() throws IOException {
		put(TestDrivers.MARIADB, "a.jar");
		put(TestDrivers.MARIADB, "b.jar");
		assertThat(failure(this.folder, URL)).isEqualTo("x.url: 2 drivers in " + this.folder
				+ " take jdbc:mariadb://db.example.com/shop: a.jar, b.jar; remove all but one");
		put(TestDrivers.MYSQL, "c.jar");
		Files.delete(this.folder.resolve("b.jar"));
		assertThat(failure(this.folder, "jdbc:mysql://db/shop?permitMysqlScheme")).contains("2 drivers",
				"a.jar, c.jar");
	}

	@Test
	void aDriverOfAnotherVersionOfJavaIsNamed() throws IOException {
		byte[] future = { (byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 99, 0, 0 };
		jar("future.jar", "org.future.Driver", future);
		assertThat(failure(this.folder, URL)).contains("no driver in " + this.folder + " takes",
				"one of them cannot be used: org/future/Driver has been compiled by a more recent version",
				"put a version of the driver there that runs on Java " + Runtime.version().feature());
		put(TestDrivers.MARIADB, "m.jar");
		assertThat(new DriverFolder(this.folder).driver("x.url", URL).jar()).isEqualTo("m.jar");
	}

	@Test
	void aJarThatNamesADriverWhichItDoesNotHoldIsNamed() throws IOException {
		jar("half.jar", "org.half.Driver", null);
		assertThat(failure(this.folder, URL)).contains("cannot be used", "org.half.Driver not found");
	}

	@Test
	void aFileThatIsNoJarIsNamed() throws IOException {
		Files.writeString(this.folder.resolve("broken.jar"), "<html>404</html>");
		put(TestDrivers.MARIADB, "m.jar");
		assertThat(failure(this.folder, URL)).isEqualTo("keysteward.drivers: " + this.folder
				+ "/broken.jar cannot be read as a jar; copy it there again, and let Keysteward's user read it");
	}

	private void put(TestDrivers driver, String name) throws IOException {
		Files.copy(driver.jar(), this.folder.resolve(name));
	}

	private void jar(String name, String driver, byte @Nullable [] content) throws IOException {
		try (OutputStream out = Files.newOutputStream(this.folder.resolve(name));
				JarOutputStream jar = new JarOutputStream(out)) {
			jar.putNextEntry(new JarEntry("META-INF/services/java.sql.Driver"));
			jar.write(driver.getBytes(StandardCharsets.UTF_8));
			jar.closeEntry();
			if (content != null) {
				jar.putNextEntry(new JarEntry(driver.replace('.', '/') + ".class"));
				jar.write(content);
				jar.closeEntry();
			}
		}
	}

	private static String failure(Path folder, String url) {
		Failure failure = catchThrowableOfType(Failure.class, () -> new DriverFolder(folder).driver("x.url", url));
		assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
		return failure.line();
	}

}
