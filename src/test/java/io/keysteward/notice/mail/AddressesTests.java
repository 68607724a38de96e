package io.keysteward.notice.mail;

import java.util.Arrays;
import java.util.List;

import io.keysteward.text.Failure;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AddressesTests {

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { " ", "root", "a@", "@example.com", "a@b@c", "a b@example.com",
			"a@example.com, b@example.com", "x@example.com\r\nBcc: evil@example.org", "\"x\r\n \"@example.com",
			"a\u0000@example.com", "team: a@example.com;", "a\u200Bb@example.com", "a@ex\u202Eample.com" })
	void anAddressThatIsNotOneIsRefusedByTheNameOfItsProperty(@Nullable String address) {
		refused("keysteward.mail.from", address, List.of("a@example.com"));
		refused("keysteward.mail.to", "a@example.com",
				(address != null) ? Arrays.asList("b@example.com", address) : List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "a@[127.0.0.1]", "a@m\u00FCller.example" })
	void aSenderNeedsADomainInWhichMessageIdsCanBeMade(String from) {
		refused("keysteward.mail.from", from, List.of("a@example.com"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "m\u00FCller@example.com", "a@m\u00FCller.example", "\u9375@example.com" })
	void anAddressInOtherLettersIsRefusedSinceNotEveryServerTakesIt(String address) {
		refused("keysteward.mail.from", address, List.of("a@example.com"));
		refused("keysteward.mail.to", "a@example.com", Arrays.asList("b@example.com", "M\u00FCller <" + address + ">"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Schl\u00FCsselverwaltung", "M\u00FCller, Ops", "\u9375\u306E\u7BA1\u7406",
			"Keysteward \u2013 Bericht", "plain", "Ops, plain", "=?UTF-8?Q?M=C3=BCller?=" })
	void aNameInAnyLettersIsWrittenInAscii(String name) throws Exception {
		String written = "\"" + name + "\" <a@example.com>";
		Addresses addresses = Addresses
			.of(new MailSettings(written, List.of(written), RunFixture.ATTACHMENT, null, false, null, List.of(), null));
		for (InternetAddress address : List.of(addresses.from(), addresses.to().get(0))) {
			assertThat(address.toString()).matches("\\p{ASCII}+ <a@example.com>");
			assertThat(new InternetAddress(address.toString(), true).getPersonal())
				.isEqualTo(MimeUtility.decodeText(name));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "prod\r\nBcc: evil@example.org", "pr\u202Eod", "a\u0007" })
	void anEnvironmentThatHidesSomethingIsRefused(String environment) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> Addresses.of(new MailSettings("a@example.com", List.of("b@example.com"),
					RunFixture.ATTACHMENT, environment, false, null, List.of(), null)))
			.withMessageStartingWith("keysteward.mail.environment: ")
			.returns(Failure.Kind.CONFIGURATION, Failure::kind);
	}

	@Test
	void aRecipientWhoIsNamedTwiceGetsOneMail() {
		Addresses addresses = Addresses.of(new MailSettings("Keys <keys@example.com>",
				List.of("b@example.com", "B <b@example.com>", "c@example.com"), RunFixture.ATTACHMENT, " ", false, null,
				List.of(), null));
		assertThat(addresses.to()).extracting(InternetAddress::getAddress)
			.containsExactly("b@example.com", "c@example.com");
		assertThat(addresses.domain()).isEqualTo("example.com");
		assertThat(addresses.environment()).isNull();
	}

	private static void refused(String property, @Nullable String from, List<String> to) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> Addresses
				.of(new MailSettings(from, to, RunFixture.ATTACHMENT, null, false, null, List.of(), null)))
			.withMessageStartingWith(property)
			.satisfies((failure) -> assertThat(failure.line()).doesNotContain("\n", "\r", "\u202E", "\u0000"))
			.returns(Failure.Kind.CONFIGURATION, Failure::kind);
	}

}
