package io.keysteward.notice.mail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.keysteward.key.KeyContact;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Finds who is notified about a key: the owner's address in the source, else the one in
 * {@code owners.yaml} for the owner, else for the project, else the fallback.
 */
@Component
public class Recipients {

	private static final Set<String> GONE = Set.of("DISABLED", "MISSING");

	private static final String FALLBACK = "keysteward.mail.fallback";

	private final MailServer server;

	private final boolean warnsOwners;

	private final OwnerDirectory owners;

	private final AllowedDomains domains;

	private final List<String> fallback;

	/**
	 * Checks the settings.
	 * @throws Failure of configuration, where the fallback or a domain is not valid
	 */
	Recipients(MailServer server, MailSettings settings, OwnerDirectory owners) {
		this.server = server;
		this.warnsOwners = settings.warnOwners();
		this.owners = owners;
		this.domains = AllowedDomains.of(settings);
		this.fallback = fallback(settings.fallback());
	}

	/**
	 * Explains why nobody can be notified about a key.
	 * @param contact the people to notify, as the source knows them
	 * @return a sentence that names the setting or the id; null: somebody can be notified
	 */
	public @Nullable String whyNobody(KeyContact contact) {
		if (!this.server.configured()) {
			return "Nobody to write to: no mail server is configured (spring.mail.host).";
		}
		if (!this.warnsOwners) {
			return "Nobody to write to: owners are not warned (keysteward.mail.warn-owners).";
		}
		if (!find(contact).isEmpty()) {
			return null;
		}
		return "Nobody to write to: " + owner(contact) + "; owners.yaml names no address for " + ids(contact) + ", and "
				+ FALLBACK + " is not set.";
	}

	/**
	 * {@return why nobody could be written to at an address, after its name; null:
	 * somebody could}
	 * @param written an address that somebody has written
	 */
	public @Nullable String refusal(String written) {
		Optional<String> address = OwnerAddress.parse(written);
		if (address.isEmpty()) {
			return OwnerAddress.ALLOWED;
		}
		return this.domains.permit(address.get()) ? null : this.domains.refusal();
	}

	/**
	 * {@return whether a server is configured and owners may be mailed}
	 */
	public boolean active() {
		return this.server.configured() && this.warnsOwners;
	}

	/**
	 * {@return whether a fallback is configured}
	 */
	public boolean hasFallback() {
		return !this.fallback.isEmpty();
	}

	/**
	 * {@return the sorted addresses, and channels that answer, without duplicates,
	 * ignoring case; empty: nobody}
	 */
	public List<String> find(KeyContact contact) {
		return fromSource(contact).map(List::of)
			.or(() -> some(this.owners.findForOwner(contact.source(), contact.ownerId())))
			.or(() -> some(this.owners.findForProject(contact.source(), contact.projectId())))
			.orElse(this.fallback);
	}

	/**
	 * {@return the channels that {@code owners.yaml} names for the key's owner or its
	 * project. Whatever it says there, one counts as answering only if it is among those
	 * who are notified}
	 */
	List<OwnerChannel> findChannels(KeyContact contact) {
		List<OwnerChannel> channels = this.owners.findChannels(contact.source(), contact.ownerId(),
				contact.projectId());
		if (channels.isEmpty()) {
			return List.of();
		}
		List<String> counting = find(contact);
		return channels.stream()
			.map((channel) -> counting.contains(channel.recipient()) ? channel : channel.informed())
			.distinct()
			.filter((channel) -> channel.answers()
					|| !counting.contains(new OwnerChannel(channel.id(), true).recipient()))
			.toList();
	}

	/**
	 * An owner who has left does not read mail; {@code owners.yaml} names a successor.
	 */
	private Optional<String> fromSource(KeyContact contact) {
		return gone(contact) ? Optional.empty() : OwnerAddress.parse(contact.ownerEmail()).filter(this.domains::permit);
	}

	private static boolean gone(KeyContact contact) {
		return contact.ownerState() != null && GONE.contains(contact.ownerState().toUpperCase(Locale.ROOT));
	}

	private static Optional<List<String>> some(List<String> addresses) {
		return addresses.isEmpty() ? Optional.empty() : Optional.of(unique(addresses));
	}

	private static List<String> unique(Collection<String> addresses) {
		TreeMap<String, String> unique = new TreeMap<>();
		addresses.forEach((address) -> unique.putIfAbsent(address.toLowerCase(Locale.ROOT), address));
		return new ArrayList<>(unique.values());
	}

	private String owner(KeyContact contact) {
		if (contact.ownerId() == null && !StringUtils.hasText(contact.ownerEmail())) {
			return "the source names no owner";
		}
		String owner = (contact.ownerId() != null) ? "owner \"" + SafeText.shortened(contact.ownerId()) + "\""
				: "the owner";
		if (gone(contact)) {
			return owner + " is " + SafeText.shortened(contact.ownerState()).toLowerCase(Locale.ROOT);
		}
		if (!StringUtils.hasText(contact.ownerEmail())) {
			return owner + " has no address in the source";
		}
		boolean valid = OwnerAddress.parse(contact.ownerEmail()).isPresent();
		return owner + " has the address \"" + SafeText.shortened(contact.ownerEmail()) + "\", which is "
				+ (valid ? "not in " + AllowedDomains.PROPERTY : "not one valid address");
	}

	private static String ids(KeyContact contact) {
		List<String> ids = new ArrayList<>();
		if (contact.ownerId() != null) {
			ids.add("the owner");
		}
		if (contact.projectId() != null) {
			ids.add("project \"" + SafeText.shortened(contact.projectId()) + "\"");
		}
		return ids.isEmpty() ? "it" : String.join(" or ", ids);
	}

	private List<String> fallback(@Nullable String written) {
		if (!StringUtils.hasText(written)) {
			return List.of();
		}
		String address = OwnerAddress.parse(written)
			.orElseThrow(() -> invalid(SafeText.shortened(written), OwnerAddress.ALLOWED));
		if (!this.domains.permit(address)) {
			throw invalid(address, this.domains.refusal());
		}
		return List.of(address);
	}

	private static Failure invalid(String value, String why) {
		return Failure.configuration(FALLBACK + ": \"" + value + "\" " + why);
	}

}
