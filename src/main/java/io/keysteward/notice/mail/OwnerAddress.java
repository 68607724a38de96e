package io.keysteward.notice.mail;

import java.util.Optional;
import java.util.regex.Pattern;

import io.keysteward.text.SafeText;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Parses one untrusted address more strictly than the standard: plain ASCII, no quotes,
 * no comments, no source routes.
 */
final class OwnerAddress {

	static final String ALLOWED = "is not one mail address such as ada@example.com";

	/** Postfix still reads {@code a%b@c} and {@code b!a@c} as an address at b. */
	private static final Pattern LOCAL = Pattern
		.compile("[A-Za-z0-9#$&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*");

	private static final int LONGEST = 254;

	private static final int LONGEST_LOCAL = 64;

	private OwnerAddress() {
	}

	/**
	 * {@return the bare address in the text, without a display name; empty: the text is
	 * not exactly one valid address}
	 */
	static Optional<String> parse(@Nullable String text) {
		if (text == null || SafeText.hides(text)) {
			return Optional.empty();
		}
		try {
			InternetAddress[] parsed = InternetAddress.parse(text.strip(), true);
			return (parsed.length == 1 && !parsed[0].isGroup()) ? plain(parsed[0].getAddress()) : Optional.empty();
		}
		catch (AddressException ex) {
			return Optional.empty();
		}
	}

	private static Optional<String> plain(String address) {
		int at = address.indexOf('@');
		boolean valid = at > 0 && at <= LONGEST_LOCAL && address.length() <= LONGEST
				&& LOCAL.matcher(address.substring(0, at)).matches()
				&& AllowedDomains.DOMAIN.matcher(address.substring(at + 1)).matches();
		return valid ? Optional.of(address) : Optional.empty();
	}

}
