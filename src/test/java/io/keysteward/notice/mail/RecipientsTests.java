package io.keysteward.notice.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.TestSettings;
import io.keysteward.key.KeyContact;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecipientsTests {

	private static final String OWNERS = """
			owners:
			  u-7: [grace@example.com, Ada@example.com, ada@example.com]
			  payments/12: [pay@example.com]
			  team/a: [team@example.com]
			projects:
			  p-shop: [shop@example.com]
			""";

	private final Path file;

	RecipientsTests(@TempDir Path directory) {
		this.file = directory.resolve("owners.yaml");
	}

	@Test
	void theOwnerThatTheSourceNamesIsTold() {
		assertThat(find(contact("ada@example.org", "OK"))).containsExactly("ada@example.org");
		assertThat(find(contact("ada@example.org", null))).containsExactly("ada@example.org");
		assertThat(find(contact(" Ada <ada@example.org> ", null))).containsExactly("ada@example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DISABLED", "MISSING", "disabled" })
	void anOwnerWhoHasLeftIsNotToldButWhomTheOperatorNamesInstead(String state) {
		assertThat(find(contact("ada@example.org", state))).containsExactly("Ada@example.com", "grace@example.com");
		assertThat(find(new KeyContact("api-keys", "p-shop", "u-8", "ada@example.org", state)))
			.containsExactly("shop@example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "ada", "ada@", "@example.org", "ada@example.org, eve@example.org",
			"ada@example.org;eve@example.org", "ada@example.org eve@example.org",
			"ada@example.org\r\nBcc: eve@example.org", "ada@exa\u202Emple.org", "ada@example.org\u200B",
			"\"a b\"@example.org", "\"x>\"@example.org", "eve%evil.example@example.org", "evil.example!eve@example.org",
			"ad\u00e4@example.org", "ada@ex\u0430mple.org", "ada@[127.0.0.1]", "group: ada@example.org;",
			"ada@example..org", ".ada@example.org", "ada@example.org.", "ada (me)@example.org", "ada@example.org (x\n)",
			"@relay.example:ada@example.org" })
	void anAddressThatIsNotExactlyOneValidOneIsNotUsed(String address) {
		assertThat(find(contact(address, "OK"))).containsExactly("Ada@example.com", "grace@example.com");
	}

	@Test
	void anIdThatTwoSourcesUseIsFoundWithItsSourceOnly() {
		assertThat(find(new KeyContact("payments", null, "12", null, null))).containsExactly("pay@example.com");
		assertThat(find(new KeyContact("other", null, "12", null, null))).isEmpty();
		assertThat(find(new KeyContact("team", null, "a", null, null))).containsExactly("team@example.com");
		assertThat(find(new KeyContact("other", null, "team/a", null, null))).isEmpty();
	}

	@Test
	void theFallbackIsToldWhereNobodyElseIsKnown() {
		KeyContact nobody = new KeyContact("api-keys", "p-9", "u-9", null, null);
		assertThat(find(nobody)).isEmpty();
		assertThat(recipients(OWNERS, OwnerNight.settings(true, "keys@example.com")).find(nobody))
			.containsExactly("keys@example.com");
	}

	@Test
	void mailGoesOnlyToDomainsThatAreAllowedAndNotBelowThem() {
		Recipients recipients = recipients("owners: {}", OwnerNight.settings(true, "keys@example.com", "EXAMPLE.com"));
		assertThat(recipients.find(contact("ada@Example.Com", "OK"))).containsExactly("ada@Example.Com");
		assertThat(recipients.find(contact("ada@sub.example.com", "OK"))).containsExactly("keys@example.com");
		assertThat(recipients.find(contact("ada@example.com.evil.org", "OK"))).containsExactly("keys@example.com");
		assertThat(recipients.find(contact("ada@evilexample.com", "OK"))).containsExactly("keys@example.com");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					u-9 | p-9 | -               | OK       | owner "u-9" has no address in the source; owners.yaml names no address for the owner or project "p-9", and keysteward.mail.fallback is not set.
					u-9 | -   | ada@example.org | DISABLED | owner "u-9" is disabled; owners.yaml names no address for the owner, and
					u-9 | -   | ada             | OK       | owner "u-9" has the address "ada", which is not one valid address;
					-   | -   | -               | -        | the source names no owner; owners.yaml names no address for it, and
					""")
	void whoeverCannotBeToldIsExplained(@Nullable String owner, @Nullable String project, @Nullable String email,
			@Nullable String state, String why) {
		Recipients recipients = recipients(OWNERS, OwnerNight.settings(true, null));
		assertThat(recipients.whyNobody(new KeyContact("api-keys", project, owner, email, state)))
			.startsWith("Nobody to write to: " + why)
			.endsWith(".");
		assertThat(recipients.whyNobody(contact("ada@example.org", "OK"))).isNull();
	}

	@Test
	void withoutAServerOrLeaveNobodyCanBeTold() {
		KeyContact ada = contact("ada@example.org", "OK");
		assertThat(new Recipients(OwnerNight.server(null), OwnerNight.SETTINGS, OwnerDirectory.NOBODY).whyNobody(ada))
			.isEqualTo("Nobody to write to: no mail server is configured (spring.mail.host).");
		for (boolean warn : List.of(false, TestSettings.of(MailSettings.class).warnOwners())) {
			assertThat(recipients(OWNERS, OwnerNight.settings(warn, "keys@example.com")).whyNobody(ada))
				.isEqualTo("Nobody to write to: owners are not warned (keysteward.mail.warn-owners).");
		}
	}

	@Test
	void everythingThatIsWrongInTheFileIsNamed() {
		String yaml = """
				owners:
				  u-1: [ada@]
				  u-2: []
				projects:
				  p-1: [ok@example.com, eve@evil.org]
				  p-2:
				""";
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> recipients(yaml, OwnerNight.settings(true, null, "example.com")))
			.returns(Failure.Kind.CONFIGURATION, Failure::kind)
			.withMessageContaining(this.file + ": owners.u-1: \"ada@\" is not one mail address such as ada@example.com")
			.withMessageContaining("owners.u-2: names no address")
			.withMessageContaining("projects.p-2: names no address")
			.withMessageContaining(
					"projects.p-1: \"eve@evil.org\" is not in keysteward.mail.allowed-domains (example.com)")
			.satisfies((failure) -> assertThat(failure.line()).doesNotContain("ok@example.com"));
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> recipients("owner:\n  u-1: [a@b.org]\n", OwnerNight.SETTINGS))
			.withMessage(this.file + ":1: unknown key 'owner'; did you mean 'owners'?");
	}

	@Test
	void theFileMayBeMissingAsLongAsNobodyIsMailed() {
		assertThat(OwnerDirectory.read(this.file, OwnerNight.settings(false, null), List.of())
			.findForOwner("api-keys", "u-7")).isEmpty();
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> OwnerDirectory.read(this.file, OwnerNight.SETTINGS, List.of()))
			.returns(Failure.Kind.CONFIGURATION, Failure::kind)
			.withMessageStartingWith(this.file + ": is missing, and keysteward.mail.warn-owners is true");
	}

	@Test
	void theShippedFileNamesNobody() {
		assertThat(OwnerDirectory.read(Path.of("config/owners.yaml"), OwnerNight.SETTINGS, List.of())
			.findForOwner("api-keys", "u-ada")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ada                | example.com  | keysteward.mail.fallback: "ada" is not one mail address such as ada@example.com
					ada@sub.example.com | example.com | keysteward.mail.fallback: "ada@sub.example.com" is not in keysteward.mail.allowed-domains (example.com); correct the address
					ada@example.com    | @example.com | keysteward.mail.allowed-domains: "@example.com" is not a domain such as example.com
					ada@example.com    | *            | keysteward.mail.allowed-domains: "*" is not a domain
					""")
	void settingsThatCannotBeMeantAreRefused(String fallback, String domain, String line) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> recipients("owners: {}", OwnerNight.settings(true, fallback, domain)))
			.returns(Failure.Kind.CONFIGURATION, Failure::kind)
			.withMessageStartingWith(line);
	}

	@Test
	void theGovernanceMailGoesToAllowedDomainsOnly() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> Addresses.of(OwnerNight.settings(true, null, "example.org")))
			.returns(Failure.Kind.CONFIGURATION, Failure::kind)
			.withMessageStartingWith(
					"keysteward.mail.to: \"security@example.com\" is not in keysteward.mail.allowed-domains (example.org)");
	}

	private List<String> find(KeyContact contact) {
		return recipients(OWNERS, OwnerNight.SETTINGS).find(contact);
	}

	private Recipients recipients(String yaml, MailSettings settings) {
		try {
			Files.writeString(this.file, yaml);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		return new Recipients(OwnerNight.server(RunFixture.sender(1, true)), settings,
				OwnerDirectory.read(this.file, settings, List.of()));
	}

	private static KeyContact contact(@Nullable String email, @Nullable String state) {
		return new KeyContact("api-keys", "p-shop", "u-7", email, state);
	}

}
