package io.keysteward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * {@code .ci/release} in a small repository, with a Maven that makes a jar of nothing.
 */
class ReleaseTests {

	private static final String POM = """
			<project>
				<version>0.3.0-SNAPSHOT</version>
				<properties>
					<project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
				</properties>
				<dependency>
					<version>0.3.0-SNAPSHOT</version>
				</dependency>
			</project>
			""";

	private static final String CHANGELOG = """
			# Changelog

			## Unreleased

			### Added

			- A thing.

			## 0.2.0 - 2026-01-01

			- An older thing.
			""";

	private static final String MAVEN = """
			#!/usr/bin/env bash
			set -e
			echo "$@" > "$TEST_DIRECTORY/maven-was-asked"
			[ -z "$MAVEN_FAILS" ] || exit 1
			mkdir -p target/META-INF/sbom && cd target
			echo '{}' > META-INF/sbom/application.cdx.json
			version=$(sed -n 's:^\\t<version>\\(.*\\)</version>$:\\1:p' ../pom.xml)
			echo "Implementation-Version: ${JAR_SAYS:-$version}" > manifest
			"$JAVA_HOME/bin/jar" --create --file keysteward.jar --manifest manifest ${WITH:-META-INF/sbom}
			""";

	private static final List<String> TAGS = List.of("git", "tag", "--list");

	private Path directory;

	private Path repository;

	@BeforeEach
	void makeRepository(@TempDir Path temporary) throws Exception {
		this.directory = temporary;
		assumeTrue(Stream.of("/bin", "/usr/bin", "/usr/local/bin")
			.anyMatch((bin) -> Files.isExecutable(Path.of(bin, "git"))), "there is no git here");
		this.repository = Files.createDirectories(this.directory.resolve("repository"));
		write("pom.xml", POM);
		write("CHANGELOG.md", CHANGELOG);
		write(".gitignore", "target/\n");
		Files.createDirectories(this.repository.resolve(".ci"));
		Files.copy(Path.of(".ci/release"), this.repository.resolve(".ci/release"));
		Path maven = Files.createDirectories(this.directory.resolve("bin")).resolve("mvn");
		Files.writeString(maven, MAVEN);
		assertThat(maven.toFile().setExecutable(true)).isTrue();
		run("git", "init", "--quiet", "--initial-branch=main");
		run("git", "init", "--quiet", "--bare", "../origin");
		run("git", "remote", "add", "origin", "../origin");
		commit("The beginning");
	}

	@Test
	void aReleaseIsACommitATagAndItsFiles() throws Exception {
		Ended ended = run(".ci/release", "0.3.0");
		assertThat(ended.text()).contains("Keysteward 0.3.0 is made, and nothing is pushed");
		assertThat(ended.code()).isZero();
		assertThat(Files.readString(this.directory.resolve("maven-was-asked"))).contains(" verify")
			.doesNotContain("skip");
		assertThat(text("git", "log", "--format=%s")).isEqualTo("Begin 0.3.1\nRelease 0.3.0\nThe beginning\n");
		assertThat(text("git", "rev-parse", "v0.3.0^{commit}")).isEqualTo(text("git", "rev-parse", "HEAD~1"));
		assertThat(text("git", "tag", "--list", "--format=%(contents)"))
			.startsWith("Keysteward 0.3.0\n\n### Added\n\n- A thing.")
			.doesNotContain("older");
		String time = text("git", "log", "-1", "--format=%cd", "--date=format:%Y-%m-%dT%H:%M:%SZ", "v0.3.0").strip();
		assertThat(text("git", "show", "v0.3.0:pom.xml"))
			.isEqualTo(POM.replaceFirst("0\\.3\\.0-SNAPSHOT", "0.3.0").replace("2026-01-01T00:00:00Z", time));
		assertThat(text("git", "show", "v0.3.0:CHANGELOG.md")).isEqualTo(
				CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n## 0.3.0 - " + time.substring(0, 10) + "\n"));
		assertThat(Files.readString(this.repository.resolve("pom.xml")))
			.isEqualTo(POM.replaceFirst("0\\.3\\.0-SNAPSHOT", "0.3.1-SNAPSHOT").replace("2026-01-01T00:00:00Z", time));
		assertThat(text("git", "status", "--porcelain")).isEmpty();
	}

	@Test
	void itsFilesAreWhatTheirSumsSay() throws Exception {
		run(".ci/release", "0.3.0");
		Path files = this.repository.resolve("target/release");
		assertThat(files).isDirectoryContaining("glob:**/keysteward-0.3.0.jar")
			.isDirectoryContaining("glob:**/keysteward-0.3.0.cdx.json");
		assertThat(text("bash", "-c", "cd target/release && sha256sum --check --strict SHA256SUMS"))
			.isEqualTo("keysteward-0.3.0.jar: OK\nkeysteward-0.3.0.cdx.json: OK\n");
	}

	@Test
	void nothingIsPushed() throws Exception {
		run(".ci/release", "0.3.0");
		assertThat(text("git", "ls-remote", "origin")).isEmpty();
	}

	@Test
	void afterACandidateComesTheSameVersion() throws Exception {
		assertThat(run(".ci/release", "0.3.0-rc.1").code()).isZero();
		assertThat(text(TAGS)).isEqualTo("v0.3.0-rc.1\n");
		assertThat(Files.readString(this.repository.resolve("pom.xml")))
			.contains("\t<version>0.3.0-SNAPSHOT</version>");
	}

	@Test
	void aDryRunMakesTheFilesAndNothingElse() throws Exception {
		Ended ended = run(".ci/release", "--dry-run", "0.3.0");
		assertThat(ended.text()).contains("dry run: the files are in target/dry-run/", "Release 0.3.0, ",
				"CHANGELOG.md |");
		assertThat(ended.code()).isZero();
		assertThat(this.repository.resolve("target/dry-run/keysteward-0.3.0.jar")).isRegularFile();
		assertThat(this.repository.resolve("target/release")).doesNotExist();
		isAsItWas();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			""              | '' is no version
			1.0             | '1.0' is no version
			v1.0.0          | 'v1.0.0' is no version
			1.0.0-SNAPSHOT  | '1.0.0-SNAPSHOT' is no version
			01.0.0          | '01.0.0' is no version
			1.0.0;ls        | '1.0.0;ls' is no version
			--help          | '--help' is no version
			1.0.0 1.0.1     | one version at a time
			0.2.0           | CHANGELOG.md has a section 0.2.0 already
			0.2.1           | 0.2.1 comes before 0.3.0-SNAPSHOT, which pom.xml has
			""")
	void aVersionThatCannotBeIsRefused(String version, String why) throws Exception {
		isRefused(why,
				Stream.concat(Stream.of(".ci/release"), Arrays.stream(version.split(" "))).toArray(String[]::new));
		isAsItWas();
	}

	@Test
	void whatIsNotCommittedIsRefused() throws Exception {
		write("new.txt", "new");
		isRefused("there is something that is not committed", ".ci/release", "0.3.0");
	}

	@Test
	void aChangelogThatSaysNothingIsRefused() throws Exception {
		write("CHANGELOG.md", CHANGELOG.replace("- A thing.\n", ""));
		commit("Nothing");
		isRefused("CHANGELOG.md says nothing under '## Unreleased' that could become 0.3.0", ".ci/release", "0.3.0");
	}

	@Test
	void aTagThatIsThereIsRefused() throws Exception {
		run("git", "tag", "v0.3.0");
		isRefused("there is a tag v0.3.0 already", ".ci/release", "0.3.0");
	}

	@Test
	void withoutABranchItIsRefused() throws Exception {
		run("git", "checkout", "--quiet", "--detach");
		isRefused("no branch is checked out", ".ci/release", "0.3.0");
	}

	@Test
	void aBuildThatFailsLeavesNothing() throws Exception {
		assertThat(run(Map.of("MAVEN_FAILS", "yes"), ".ci/release", "0.3.0").code()).isEqualTo(1);
		isAsItWas();
	}

	@Test
	void aJarWithoutItsBillOfMaterialsIsRefused() throws Exception {
		Ended ended = run(Map.of("WITH", "manifest"), ".ci/release", "0.3.0");
		assertThat(ended.text())
			.isEqualTo("not released: the jar has no bill of materials; Maven makes it online only\n");
		isAsItWas();
	}

	@Test
	void aJarOfAnotherVersionIsRefused() throws Exception {
		Ended ended = run(Map.of("JAR_SAYS", "0.3.0-SNAPSHOT"), ".ci/release", "0.3.0");
		assertThat(ended.text()).isEqualTo("not released: the jar does not say that it is 0.3.0\n");
		isAsItWas();
	}

	@Test
	void theChangelogOfKeystewardCanBeReleased() throws Exception {
		assertThat(Files.readAllLines(Path.of("CHANGELOG.md"))).filteredOn((line) -> line.startsWith("## "))
			.first()
			.isEqualTo("## Unreleased");
		assertThat(Files.readAllLines(Path.of("CHANGELOG.md"))).filteredOn((line) -> line.startsWith("## "))
			.allMatch(
					(line) -> line.matches("## (Unreleased|\\d+\\.\\d+\\.\\d+(-\\w+\\.\\d+)? - \\d{4}-\\d\\d-\\d\\d)"));
		assertThat(Files.readString(Path.of("pom.xml"))).containsOnlyOnce("\n\t<version>")
			.containsOnlyOnce("<project.build.outputTimestamp>");
	}

	private void isRefused(String why, String... command) throws Exception {
		Ended ended = run(command);
		assertThat(ended.text()).startsWith("not released: " + why).containsOnlyOnce("\n");
		assertThat(ended.code()).isEqualTo(2);
		assertThat(this.directory.resolve("maven-was-asked")).doesNotExist();
	}

	private void isAsItWas() throws Exception {
		assertThat(text("git", "log", "--format=%s")).isEqualTo("The beginning\n");
		assertThat(text("git", "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main\n");
		assertThat(text(TAGS)).isEmpty();
		assertThat(text("git", "worktree", "list").lines()).hasSize(1);
		assertThat(text("git", "status", "--porcelain")).isEmpty();
	}

	private void commit(String subject) throws Exception {
		run("git", "add", "--all");
		run("git", "commit", "--quiet", "--message", subject);
	}

	private void write(String name, String content) throws IOException {
		Files.writeString(this.repository.resolve(name), content);
	}

	private String text(List<String> command) throws Exception {
		return text(command.toArray(String[]::new));
	}

	private String text(String... command) throws Exception {
		Ended ended = run(command);
		assertThat(ended.code()).as(ended.text()).isZero();
		return ended.text();
	}

	private Ended run(String... command) throws Exception {
		return run(Map.of(), command);
	}

	private Ended run(Map<String, String> environment, String... command) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.repository.toFile())
			.redirectErrorStream(true);
		Map<String, String> all = builder.environment();
		all.keySet().removeIf((name) -> name.startsWith("GIT_"));
		all.putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null", "GIT_AUTHOR_NAME", "Ada",
				"GIT_AUTHOR_EMAIL", "ada@example.com", "GIT_COMMITTER_NAME", "Ada", "GIT_COMMITTER_EMAIL",
				"ada@example.com"));
		all.put("PATH", this.directory.resolve("bin") + ":" + all.get("PATH"));
		all.put("JAVA_HOME", System.getProperty("java.home"));
		all.put("TEST_DIRECTORY", this.directory.toString());
		all.putAll(environment);
		Process process = builder.start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Ended(process.waitFor(), text);
	}

	/**
	 * What a process has printed, and how it ended.
	 */
	private record Ended(int code, String text) {

	}

}
