package io.keysteward.notice.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

/**
 * The domains to which mail may go; none: any domain. A domain does not include its
 * subdomains.
 *
 * @param allowed the domains in lower case
 */
record AllowedDomains(List<String> allowed) {

	static final String PROPERTY = "keysteward.mail.allowed-domains";

	/** ASCII only, since domains in other scripts can look the same. */
	static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

	/**
	 * {@return the domains in these settings}
	 * @throws Failure of configuration, where one is not a domain
	 */
	static AllowedDomains of(MailSettings settings) {
		List<String> written = settings.allowedDomains();
		for (String domain : written) {
			if (!DOMAIN.matcher(domain).matches()) {
				throw Failure.configuration(PROPERTY + ": \"" + SafeText.shortened(domain)
						+ "\" is not a domain such as example.com; write it without @ and *, each by itself");
			}
		}
		return new AllowedDomains(written.stream().map((domain) -> domain.toLowerCase(Locale.ROOT)).toList());
	}

	/**
	 * {@return whether mail may go to this address}
	 */
	boolean permit(String address) {
		return this.allowed.isEmpty()
				|| this.allowed.contains(address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
	}

	/**
	 * {@return the reason for a refusal, to follow the address}
	 */
	String refusal() {
		return "is not in " + PROPERTY + " (" + String.join(", ", this.allowed)
				+ "); correct the address, or add its domain";
	}

}
