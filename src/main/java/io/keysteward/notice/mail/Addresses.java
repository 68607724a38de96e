package io.keysteward.notice.mail;

import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The checked sender and recipients of the governance mail.
 *
 * @param from the sender
 * @param to the distinct recipients
 * @param environment the text in the subject; null: none
 */
record Addresses(InternetAddress from, List<InternetAddress> to, @Nullable String environment) {

	private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");

	/**
	 * {@return the addresses in these settings}
	 * @throws Failure of configuration, where an address is missing or not valid
	 */
	static Addresses of(MailSettings settings) {
		InternetAddress from = sender(settings.from());
		AllowedDomains domains = AllowedDomains.of(settings);
		LinkedHashSet<InternetAddress> to = new LinkedHashSet<>();
		for (String address : settings.to()) {
			InternetAddress recipient = address("keysteward.mail.to", address);
			if (!domains.permit(recipient.getAddress())) {
				throw invalid("keysteward.mail.to", recipient.getAddress(), domains.refusal());
			}
			to.add(recipient);
		}
		if (to.isEmpty()) {
			throw missing("keysteward.mail.to", "one address or more for the governance mail");
		}
		return new Addresses(from, new ArrayList<>(to), environment(settings.environment()));
	}

	/**
	 * {@return the domain of message ids}
	 */
	String domain() {
		String address = this.from.getAddress();
		return address.substring(address.lastIndexOf('@') + 1);
	}

	private static InternetAddress sender(@Nullable String value) {
		if (!StringUtils.hasText(value)) {
			throw missing("keysteward.mail.from", "the sender's address");
		}
		InternetAddress from = address("keysteward.mail.from", value);
		String address = from.getAddress();
		if (!AllowedDomains.DOMAIN.matcher(address.substring(address.lastIndexOf('@') + 1)).matches()) {
			throw invalid("keysteward.mail.from", value, "needs a domain name in ASCII after the @");
		}
		return from;
	}

	/**
	 * {@return the address that a property or an option has}
	 */
	static InternetAddress address(String property, String value) {
		// Strict parsing still accepts a folded line in a quoted local part.
		if (SafeText.hides(value)) {
			throw invalid(property, value, "has a control or invisible character in it; type it again");
		}
		try {
			InternetAddress address = new InternetAddress(value, true);
			if (address.isGroup() || !address.getAddress().contains("@")) {
				throw invalid(property, value, "is not one mail address such as keys@example.com");
			}
			if (!ASCII.matcher(address.getAddress()).matches()) {
				throw invalid(property, value, "has a letter in its address that not every mail server takes; write"
						+ " the address in ASCII (a domain as xn--…), a name before it in any letters");
			}
			// Otherwise a name is sent as raw bytes.
			address.setPersonal(address.getPersonal(), "UTF-8");
			return address;
		}
		catch (AddressException | UnsupportedEncodingException ex) {
			throw invalid(property, value, "is not one mail address such as keys@example.com");
		}
	}

	/**
	 * {@return the environment that a setting names; null: none}
	 */
	static @Nullable String environment(@Nullable String value) {
		if (value != null && SafeText.hides(value)) {
			throw invalid("keysteward.mail.environment", value,
					"has a control or invisible character in it; type it again");
		}
		return StringUtils.hasText(value) ? value.strip() : null;
	}

	private static Failure missing(String property, String what) {
		return Failure.configuration(property + " is not set: spring.mail.host is, so mail needs " + what
				+ "; set it in config/application.yaml, or remove spring.mail.host to send no mail");
	}

	static Failure invalid(String property, String value, String why) {
		return Failure.configuration(property + ": \"" + SafeText.shortened(value) + "\" " + why);
	}

}
