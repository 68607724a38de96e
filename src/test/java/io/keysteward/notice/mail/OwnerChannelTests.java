package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keysteward.key.KeyContact;
import io.keysteward.notice.OwnerOutbox;
import io.keysteward.notice.webhook.ChannelKind;
import io.keysteward.notice.webhook.ChannelSettings;
import io.keysteward.source.http.ScriptedServer;
import io.keysteward.source.http.ScriptedServer.Reply;
import io.keysteward.text.Failure;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Notices in channels of owners, besides their mails.
 */
class OwnerChannelTests {

	private static final MailSettings SETTINGS = OwnerNight.settings(true, "keys@example.com");

	private final GreenMail mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

	private final ScriptedServer server = new ScriptedServer((request) -> Reply.of(200, "ok"));

	private final Path file;

	OwnerChannelTests(@TempDir Path directory) {
		this.file = directory.resolve("owners.yaml");
	}

	@BeforeEach
	void start() {
		this.mail.start();
	}

	@AfterEach
	void stop() {
		this.mail.stop();
		this.server.close();
	}

	@Test
	void aChannelInformsAndTheOwnersMailIsSentAllTheSame() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 2);
		night.but(1, "name = :value", "<!channel> https://evil.example");
		send(night, "owners: { u-7: ['channel:shop'] }");
		assertThat(night.outbox()).extracting((row) -> row.get("recipient"), (row) -> row.get("status"))
			.containsExactly(row("ada@example.org", "SENT"), row("channel:shop", "SENT"));
		assertThat(this.mail.getReceivedMessages()).hasSize(1);
		assertThat(channels(night)).containsExactly("shop true");
		assertThat(night.named(id(night, 1))).containsExactly("k-0001", "k-0002");
		assertThat(this.server.requests()).singleElement()
			.satisfies((request) -> assertThat(request.body())
				.contains("[Keysteward][prod] 2 unused API keys may be disabled on or after 7 December 2026",
						"Id: k-0001", "Last used: 20 August 2026", "write to security@example.com",
						"&lt;!channel&gt; https:[]//evil")
				.doesNotContain("<", "reply to this mail", "attached"));
	}

	@Test
	void aChannelOfAProjectIsForTheKeysOfOthersToo() {
		OwnerNight night = OwnerNight.of().keys("FINAL", 1, 2).keys("WARNING", 3, 3);
		night.owner(2, null).but(2, "owner_id = :value", null);
		send(night, "projects: { p-shop: ['channel:shop'] }");
		assertThat(night.outbox()).extracting((row) -> row.get("kind") + " " + row.get("recipient"))
			.containsExactly("FINAL ada@example.org", "FINAL keys@example.com", "FINAL channel:shop",
					"WARNING ada@example.org", "WARNING channel:shop");
		assertThat(night.named(id(night, 2))).containsExactly("k-0001", "k-0002");
	}

	@Test
	void aChannelThatFailsNeitherFailsTheRunNorKeepsTheOwnerFromTheMail() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1);
		this.server.answering((request) -> Reply.of(404, "no_service"));
		OwnerNotices notices = notices(night, "owners: { u-7: ['channel:shop'] }");
		night.send(notices, night.run());
		assertThat(night.outbox()).extracting((row) -> row.get("recipient"), (row) -> row.get("status"))
			.containsExactly(row("ada@example.org", "SENT"), row("channel:shop", "FAILED"));
		assertThat(String.valueOf(night.outbox().get(1).get("detail")))
			.contains("answers 404 (no_service): the channel is gone")
			.doesNotContain("sEcReT");
		assertThat(notices.tally(night.run())).isEqualTo(new OwnerOutbox.Tally(1, 1, 0, 0));
		assertThat(notices.tallyOfChannels(night.run())).isEqualTo(new OwnerOutbox.Tally(0, 0, 1, 0));
	}

	/** As after a kill: the row says SENDING, and nobody knows whether it was taken. */
	@Test
	void aStartThatContinuesPostsOnceMoreWithTheSameIdWhatWasPerhapsTaken() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1);
		send(night, "owners: { u-7: ['channel:hook'] }");
		night.jdbc()
			.sql("UPDATE keysteward.notice SET status = 'SENDING', posted = NULL WHERE channel IS NOT NULL")
			.update();
		send(night, "owners: { u-7: ['channel:hook'] }");
		assertThat(this.server.requests()).extracting((request) -> request.headers().get("webhook-id"))
			.containsExactly(id(night, 1), id(night, 1));
		assertThat(id(night, 1)).doesNotContain(".");
		assertThat(this.server.requests().get(1).body()).isEqualTo(this.server.requests().get(0).body());
		send(night, "owners: { u-7: ['channel:hook'] }");
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.mail.getReceivedMessages()).hasSize(1);
	}

	@Test
	void anOwnersMailGoesOutThoughTheChannelAlreadyHasTheNotice() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 1);
		send(night, "owners: { u-7: ['channel:shop'] }");
		night.jdbc().sql("UPDATE keysteward.notice SET status = 'FAILED' WHERE channel IS NULL").update();
		send(night, "owners: { u-7: ['channel:shop'] }");
		assertThat(this.mail.getReceivedMessages()).hasSize(2);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void whatAMailHasSaidBeforeIsNoNewsForAChannelThatIsNewThere() {
		OwnerNight night = OwnerNight.of();
		night.snapshots(night.run().id(), 1, 1);
		night.did(night.run().id(), 1, "DISABLE", "DISABLED");
		send(night, "{}");
		long later = night.later("2026-11-24", "2026-11-24 02:00Z", "DISABLE");
		night.send(notices(night, "owners: { u-7: ['channel:shop'] }"), night.run(later));
		assertThat(this.server.requests()).isEmpty();
		assertThat(this.mail.getReceivedMessages()).hasSize(1);
	}

	@Test
	void aLongListIsCutInAChannelAndOnlyWhatItNamesCounts() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 100);
		for (int key = 1; key <= 100; key++) {
			night.owner(key, null);
		}
		send(night, "owners: { u-7: ['answering-channel:shop'] }");
		List<String> named = night.named(id(night, 0));
		assertThat(named).hasSizeBetween(10, 40).first().isEqualTo("k-0001");
		assertThat(this.server.requests().get(0).body())
			.contains("And " + (100 - named.size()) + " more keys, which later messages name.");
		assertThat(named).allMatch((key) -> this.server.requests().get(0).body().contains("Id: " + key));
		send(night, "owners: { u-7: ['answering-channel:shop'] }");
		assertThat(night.named(id(night, 1))).isNotEmpty().doesNotContainAnyElementsOf(named);
	}

	@Test
	void aMessageCountsAllKeysThatItDoesNotName() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 300);
		send(night, "owners: { u-7: ['channel:shop', 'channel:hook'] }");
		assertThat(night.outbox()).extracting((row) -> row.get("recipient"))
			.containsExactly("ada@example.org", "channel:hook", "channel:shop");
		assertThat(this.server.requests().get(0).body())
			.contains("\"further_items\":" + (300 - night.named(id(night, 1)).size()));
		assertThat(this.server.requests().get(1).body()).contains(
				"And " + (300 - night.named(id(night, 2)).size()) + " more keys, which the mail to the owner names.");
	}

	/** What the mail has named is not due again, so that no later message names it. */
	@Test
	void aChannelThatAnswersBesideAnAddressPromisesNoLaterMessages() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 100);
		for (int key = 1; key <= 100; key++) {
			night.owner(key, null);
		}
		send(night, "owners: { u-7: ['answering-channel:shop', 'team@example.com'] }");
		assertThat(this.server.requests().get(0).body()).contains("And " + (100 - night.named(id(night, 1)).size())
				+ " more keys, which the mail or a later message names.");
	}

	@Test
	void aMessageNamesNoMailThatNobodyGets() {
		OwnerNight night = OwnerNight.of().keys("WARNING", 1, 100);
		for (int key = 1; key <= 100; key++) {
			night.owner(key, null);
		}
		send(night, "owners: { u-7: ['channel:shop', 'answering-channel:hook'] }");
		assertThat(this.mail.getReceivedMessages()).isEmpty();
		assertThat(this.server.requests()).anySatisfy(
				(request) -> assertThat(request.body()).contains(" more keys, for which there is no room here."));
	}

	@Test
	void onlyAChannelThatAnswersForTheKeyIsARecipient() throws IOException {
		Recipients recipients = recipients("""
				owners:
				  u-7: ['channel:shop', 'answering-channel:hook']
				  u-8: ['channel:shop']
				projects:
				  p-shop: ['answering-channel:shop']
				""");
		KeyContact nobody = new KeyContact("api-keys", null, "u-7", null, null);
		assertThat(recipients.find(nobody)).containsExactly("answering-channel:hook");
		assertThat(recipients.findChannels(nobody)).extracting(OwnerChannel::recipient)
			.containsExactly("channel:shop", "answering-channel:hook");
		KeyContact informed = new KeyContact("api-keys", null, "u-8", null, null);
		assertThat(recipients.find(informed)).containsExactly("keys@example.com");
		KeyContact mailed = new KeyContact("api-keys", "p-shop", "u-7", "ada@example.org", null);
		assertThat(recipients.find(mailed)).containsExactly("ada@example.org");
		assertThat(recipients.findChannels(mailed)).extracting(OwnerChannel::recipient)
			.containsExactly("channel:shop", "channel:hook");
		assertThat(recipients.find(new KeyContact("api-keys", "p-shop", "u-8", null, null)))
			.containsExactly("answering-channel:shop");
		assertThat(recipients.findChannels(new KeyContact("api-keys", "p-shop", "u-8", null, null)))
			.extracting(OwnerChannel::recipient)
			.containsExactly("answering-channel:shop");
		assertThat(recipients.find(new KeyContact("api-keys", null, "u-9", "channel:shop", null)))
			.as("what a source says is no channel")
			.containsExactly("keys@example.com");
	}

	@Test
	void aChannelThatIsNotConfiguredIsRefusedAtItsPlace() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> recipients("owners: { u-7: ['channel:shops'] }\nprojects: { p: ['answering-channel:'] }"))
			.withMessage(this.file
					+ ": owners.u-7: \"channel:shops\" is no channel under keysteward.channels (hook, shop);"
					+ " correct it, or configure the channel. " + this.file
					+ ": projects.p: \"answering-channel:\" is no channel under keysteward.channels (hook, shop); correct it,"
					+ " or configure the channel");
	}

	private void send(OwnerNight night, String owners) {
		night.send(notices(night, owners), night.run());
	}

	private OwnerNotices notices(OwnerNight night, String owners) {
		try {
			Files.writeString(this.file, owners);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return night.notices(sender(), SETTINGS, OwnerDirectory.read(this.file, SETTINGS, List.of("shop", "hook")),
				List.of(new ChannelSettings("shop", ChannelKind.SLACK, this.server.url() + "/services/sEcReT",
						List.of(), false, null),
						new ChannelSettings("hook", ChannelKind.WEBHOOK, this.server.url() + "/hook/sEcReT",
								List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), false, null)));
	}

	private Recipients recipients(String owners) throws IOException {
		Files.writeString(this.file, owners);
		return new Recipients(OwnerNight.server(sender()), SETTINGS,
				OwnerDirectory.read(this.file, SETTINGS, Set.of("shop", "hook")));
	}

	private JavaMailSenderImpl sender() {
		return RunFixture.sender(this.mail.getSmtp().getPort(), true);
	}

	private static String id(OwnerNight night, int row) {
		return String.valueOf(night.outbox().get(row).get("message_id"));
	}

	private static List<String> channels(OwnerNight night) {
		return night.jdbc()
			.sql("SELECT channel || ' ' || posted FROM keysteward.notice WHERE channel IS NOT NULL ORDER BY notice_id")
			.query(String.class)
			.list();
	}

	private static Tuple row(Object... values) {
		return tuple(values);
	}

}
