package io.keysteward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To whom Keysteward speaks, with which password and which rights, and what it says where
 * that does not work.
 */
class ConnectingTests {

	private final Path directory;

	private final Register register;

	ConnectingTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@Test
	void aGovernanceDatabaseThatDnsDoesNotKnowIsNamed() {
		this.register.set("spring.datasource.url", "jdbc:postgresql://db.nowhere.invalid/keysteward");
		refused(1, "(db.nowhere.invalid/keysteward)", "run");
		assertThat(this.register.execute("check")).isNotZero();
		assertThat(this.register.out()).contains("FAIL  governance database")
			.contains("(db.nowhere.invalid/keysteward)");
	}

	@Test
	void whoRefusesTlsIsNamed() {
		String url = this.register.governanceUrl();
		this.register.set("keysteward.sources[0].datasource.url", url + "?sslmode=require");
		refused(1, "SSL (host localhost)", "run");
		this.register.set("spring.datasource.url", url + "?sslmode=require");
		refused(1, "(" + url.replace("jdbc:postgresql://", "") + ")", "run");
		assertThat(this.register.err()).contains("SSL");
	}

	@Test
	void aVariableThatIsNotSetIsNamedAndNotSentAsThePassword() throws IOException {
		Path file = this.directory.resolve("application.yaml");
		Files.writeString(file, "keysteward.mail.environment: ${NO_SUCH_THING:prod}\n"
				+ "keysteward.sources[0].datasource.password: pre-${CONSOLE_DB_PASSWORD}\n");
		this.register.set("spring.config.location", "classpath:/application.yaml,file:" + file);
		assertThat(this.register.execute("check")).as("another value wins").isZero();
		this.register.unset("keysteward.sources[0].datasource.password");
		for (String command : List.of("run", "check", "runs")) {
			refused(2, "keysteward.sources[0].datasource.password: ${CONSOLE_DB_PASSWORD} is not set; set the"
					+ " environment variable CONSOLE_DB_PASSWORD, or put the value into a file", command);
			assertThat(this.register.err()).doesNotContain("pre-");
		}
	}

	@Test
	void aPasswordMayComeFromAFileWhateverIsInIt() throws IOException {
		String password = "a${b}c:$1";
		this.register.keys()
			.sql("CREATE ROLE from_file LOGIN PASSWORD '" + password + "' IN ROLE keysteward_app")
			.update();
		Files.writeString(this.directory.resolve("spring.datasource.password"), password + "\n");
		this.register.unset("spring.datasource.password")
			.set("spring.config.import", "optional:configtree:" + this.directory + "/")
			.set("spring.datasource.username", "from_file");
		assertThat(this.register.execute("check")).as(this.register.err() + this.register.out()).isZero();
	}

	@Test
	void checkSaysWhetherTheFirstRunMayCreateTheTables() {
		TestDatabase empty = TestDatabase.empty();
		Register fresh = new Register(this.directory, empty);
		fresh.set("spring.datasource.username", "keysteward_reader").set("spring.datasource.password", "test");
		assertThat(fresh.execute("check")).isEqualTo(2);
		assertThat(fresh.out()).contains("spring.datasource.username: there are no tables yet, and this role may not");
		fresh.set("spring.flyway.user", "keysteward_owner");
		assertThat(fresh.execute("check")).isEqualTo(2);
		assertThat(fresh.out()).contains("spring.flyway.user: there are no tables yet");
		empty.jdbc()
			.sql("CREATE SCHEMA keysteward AUTHORIZATION keysteward_owner;"
					+ " GRANT USAGE ON SCHEMA keysteward TO keysteward_reader")
			.update();
		assertThat(fresh.execute("check")).as(fresh.out()).isZero();
	}

	@Test
	void checkWarnsOfAServerThatNobodyVerifies() {
		this.register.set("spring.mail.host", "")
			.set("keysteward.sources[0].datasource.url", "jdbc:postgresql://db.nowhere.invalid/keys");
		this.register.execute("check");
		assertThat(this.register.out()).containsPattern(
				"WARN +transport +keysteward.sources\\[console\\].datasource.url: db.nowhere.invalid is not spoken to")
			.containsPattern("FAIL +source console .*The connection attempt failed \\(host db.nowhere.invalid\\)");
		assertThat(this.register.execute("check")).isNotZero();
	}

	private void refused(int exitCode, String line, String command) {
		assertThat(this.register.execute(command)).as(this.register.err()).isEqualTo(exitCode);
		assertThat(this.register.err()).startsWith("keysteward: ").contains(line).hasLineCount(1);
	}

}
