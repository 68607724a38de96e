package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.keysteward.Register;
import io.keysteward.WrittenPlaces;
import io.keysteward.source.http.ScriptedServer;
import io.keysteward.source.http.ScriptedServer.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole runs with channels: channels inform, mail counts, unless owners.yaml says that a
 * channel answers for a key and its answer proves that it has posted.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelRunTests {

	private static final String SIGNED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	/**
	 * One for all, so that runs before that night are the same for tests with the same
	 * settings.
	 */
	private static final ScriptedServer SERVER = new ScriptedServer((request) -> Reply.of(200, "ok"));

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final @Nullable Level before = this.root.getLevel();

	private final Path config;

	private final ArmedRegister armed;

	ChannelRunTests(@TempDir Path directory) {
		this.config = directory.resolve("config");
		this.armed = new ArmedRegister(directory);
	}

	@BeforeEach
	void configure() throws IOException {
		SERVER.answering((request) -> Reply.of(200, "ok"));
		SERVER.requests().clear();
		FileSystemUtils.copyRecursively(Path.of("config"), this.config);
		this.armed.register.set("keysteward.config-directory", this.config.toString());
		channel(0, "team", "slack", "/services/T000/sEcReT", false);
		channel(1, "board", "webhook", "/hooks/x?token=sEcReT", true).set("keysteward.channels[1].secrets", SIGNED);
	}

	@AfterEach
	void logAsBefore() {
		this.root.setLevel(this.before);
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@ParameterizedTest
	@CsvSource({ "answering-channel:team, answering-channel:team, true, DUE WOULD_DISABLE",
			"answering-channel:team, answering-channel:team, false, HELD NOTICE",
			"answering-channel:team, answering-channel:team, , HELD NOTICE",
			"answering-channel:team, channel:team, true, HELD NOTICE",
			"channel:team, answering-channel:team, true, HELD NOTICE", "channel:team, channel:team, true, HELD NOTICE",
			"ada@example.com, answering-channel:team, true, HELD NOTICE",
			"answering-channel:board, answering-channel:team, true, HELD NOTICE" })
	void aNoticeCountsOnlyInAChannelThatAnswersAndProvesThatItHasPosted(String now, String before, Boolean posted,
			String decision) throws IOException {
		owners(now);
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE account SET email = NULL").update();
		this.armed.watched().warnedTwice("dead");
		this.armed.register.governance().sql("""
				UPDATE keysteward.notice SET recipient = :before, channel = 'team', posted = :posted
				WHERE message_id IN ('WARNING20dead', 'FINAL8dead')
				""").param("before", before).param("posted", posted).update();
		assertThat(this.armed.run()).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead " + decision);
	}

	@Test
	void aRunTellsItsChannelsAndWhatItSaysOfThemIsWhatIsStored(CapturedOutput output) throws IOException {
		owners("channel:team");
		this.armed.dead("dead");
		SERVER.answering((request) -> request.path().startsWith("/services") ? Reply.of(200, "ok") : Reply.of(202, ""));
		this.armed.register.set("logging.level.root", "trace");
		this.armed.watched();
		assertThat(this.armed.run()).as(this.armed.register.err()).isZero();
		assertThat(this.armed.register.governance().sql("""
				SELECT kind || ' ' || recipient || ' ' || n.status || ' ' || coalesce(posted::text, '-')
				FROM keysteward.notice n JOIN keysteward.run r USING (run_id) WHERE r.run_key = 'tonight'
				ORDER BY notice_id
				""").query(String.class).list()).containsExactly("WARNING ada@example.com SENT -",
				"WARNING channel:team SENT true", "REPORT security@example.com SENT -",
				"REPORT channel:board SENT false");
		assertThat(this.armed.register.execute("explain", "console/dead")).isZero();
		assertThat(this.armed.register.out()).contains("mail WARNING to ada@example.com: taken by the mail server",
				"message WARNING to channel:team: posted in channel team");
		assertThat(this.armed.register.execute("report", "--run-key=tonight", "--format=json",
				"--output=" + this.armed.register.reports().resolve("again.json")))
			.isZero();
		assertThat(Files.readString(this.armed.register.reports().resolve("again.json"))).contains(
				"WARNING taken by the mail server; WARNING posted in channel team", "1 WARNING; 1 message to channels");
		assertThat(WrittenPlaces.of(this.armed.register, List.of("sEcReT", SIGNED))).isEmpty();
		assertThat(output.getAll()).contains("message to channels of owners was taken")
			.contains("channel board (keysteward.channels[board].url: localhost:" + SERVER.port()
					+ "/hooks/… answers 202")
			.contains(" TRACE ");
		// The test's own server logs what it is asked.
		assertThat(output.getAll().lines().filter((line) -> !line.contains(" httpserver ")))
			.noneMatch((line) -> line.contains("sEcReT") || line.contains(SIGNED.substring(6)));
	}

	@Test
	void aRehearsalPostsNothingAndForetellsWhatAnAnsweringChannelCountsFor() throws IOException {
		owners("answering-channel:team");
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE account SET email = NULL").update();
		assertThat(this.armed.watchedAnew().run()).isZero();
		SERVER.requests().clear();
		assertThat(this.armed.register.execute("rehearse", "--nights=40")).as(this.armed.register.err()).isZero();
		assertThat(SERVER.requests()).isEmpty();
		assertThat(this.armed.register.out()).contains("1 key would be disabled in the 40 nights");
	}

	/** The mail server is down, and the channel says so. */
	@Test
	void aChannelIsToldThoughTheMailServerIsDown() throws IOException {
		owners("channel:team");
		this.armed.register.set("spring.mail.port", "1");
		assertThat(this.armed.run()).isEqualTo(1);
		assertThat(SERVER.asked()).containsExactly("/hooks/x?token=sEcReT");
		assertThat(this.armed.register.err()).contains("spring.mail.host").doesNotContain("sEcReT");
	}

	@Test
	void aCheckNamesEachChannelAndPostsOnlyWhereItIsAsked() throws IOException {
		owners("channel:team");
		assertThat(this.armed.register.execute("check")).as(this.armed.register.out()).isZero();
		assertThat(this.armed.register.out()).containsPattern(
				"ok +channel team +slack at localhost:\\d+/services/… answers; it gets what owners.yaml names it for")
			.containsPattern(
					"ok +channel board +webhook at localhost:\\d+/hooks/… answers; it gets the governance message");
		assertThat(SERVER.requests()).allMatch((request) -> request.method().equals("HEAD"));
		SERVER.requests().clear();
		assertThat(this.armed.register.execute("check", "--send-test-message=team")).isZero();
		assertThat(this.armed.register.out()).contains("test message                 the channel has posted it");
		assertThat(SERVER.requests()).filteredOn((request) -> request.method().equals("POST"))
			.singleElement()
			.satisfies((request) -> assertThat(request.body()).contains("Keysteward: a test, and messages arrive"));
		assertThat(this.armed.register.execute("check", "--send-test-message=teams")).isEqualTo(2);
		assertThat(this.armed.register.out())
			.contains("--send-test-message: 'teams' is not allowed; allowed: team, board");
		SERVER.answering((request) -> Reply.of(404, "no_service"));
		assertThat(this.armed.register.execute("check", "--send-test-message=team")).isEqualTo(2);
		assertThat(this.armed.register.out()).contains("answers 404 (no_service): the channel is gone", "Not ready.")
			.doesNotContain("sEcReT");
		assertThat(this.armed.register.governance()
			.sql("SELECT count(*) FROM keysteward.notice")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void aCheckSaysOfEachChannelWhatIsWrongAndARunDoesNotBegin() throws IOException {
		owners("channel:team");
		channel(0, "team", "teams", "", false).set("keysteward.channels[0].url",
				"https://nordhafen.webhook.office.com/webhookb2/sEcReT/x");
		this.armed.register.set("keysteward.channels[1].secrets", "whsec_sEcReT");
		assertThat(this.armed.register.execute("check")).isEqualTo(2);
		assertThat(this.armed.register.out())
			.containsPattern("FAIL +channel team +.*is a connector of Microsoft 365, which Microsoft has retired")
			.containsPattern("FAIL +channel board +.*secrets: is not a secret of a webhook")
			.doesNotContain("sEcReT");
		assertThat(this.armed.run()).isEqualTo(2);
		assertThat(this.armed.register.err()).hasLineCount(1)
			.contains("keysteward.channels[team].url", "keysteward.channels[board].secrets")
			.doesNotContain("sEcReT");
		assertThat(this.armed.register.governance()
			.sql("SELECT count(*) FROM keysteward.run")
			.query(Integer.class)
			.single()).isZero();
		this.armed.register.set("keysteward.channels[0].kind", "discord");
		assertThat(this.armed.run()).isEqualTo(2);
		assertThat(this.armed.register.err()).hasLineCount(1).contains("keysteward.channels[0].kind", "discord");
	}

	private Register channel(int index, String id, String kind, String path, boolean governance) {
		String property = "keysteward.channels[" + index + "].";
		return this.armed.register.set(property + "id", id)
			.set(property + "kind", kind)
			.set(property + "url", SERVER.url() + path)
			.set(property + "governance", String.valueOf(governance));
	}

	private void owners(String recipient) throws IOException {
		Files.writeString(this.config.resolve("owners.yaml"), "projects: { p: ['" + recipient + "'] }\n");
	}

}
