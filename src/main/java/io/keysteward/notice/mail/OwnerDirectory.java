package io.keysteward.notice.mail;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.keysteward.text.CanonicalText;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.yaml.StrictYaml;
import io.keysteward.yaml.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code owners.yaml}, with the addresses for owners and projects that a source
 * does not give, and their channels.
 */
public final class OwnerDirectory {

	/** The content of an empty file, or of a missing one that is not needed. */
	static final OwnerDirectory NOBODY = new OwnerDirectory(Map.of(), Map.of());

	private static final StrictYaml YAML = new StrictYaml(List.of());

	private static final int TOLD = 20;

	private final Map<String, List<String>> owners;

	private final Map<String, List<String>> projects;

	private OwnerDirectory(Map<String, List<String>> owners, Map<String, List<String>> projects) {
		this.owners = owners;
		this.projects = projects;
	}

	/**
	 * Reads the file, which may be missing if owners are not mailed.
	 * @param file {@code owners.yaml}
	 * @param settings whether owners are mailed, and to which domains
	 * @param channels the ids of the channels
	 * @return its content
	 * @throws Failure of configuration that names every fault in it
	 */
	public static OwnerDirectory read(Path file, MailSettings settings, Collection<String> channels) {
		try {
			return of(file.toString(), WrittenFile.read(file.toString(), file),
					new Allowed(AllowedDomains.of(settings), Set.copyOf(channels)));
		}
		catch (NoSuchFileException ex) {
			if (settings.warnOwners()) {
				throw Failure.configuration(file + ": is missing, and keysteward.mail.warn-owners is true; write"
						+ " 'owners: {}' into it if the sources name every owner, or set keysteward.mail.warn-owners"
						+ " to false");
			}
			return NOBODY;
		}
	}

	/**
	 * {@return the addresses for an owner and the channels that answer, if any}
	 * @param source the source's id
	 * @param id the owner's id; null: not known
	 */
	List<String> findForOwner(String source, @Nullable String id) {
		return counting(find(this.owners, source, id));
	}

	/**
	 * {@return the addresses for a project and the channels that answer, if any}
	 */
	List<String> findForProject(String source, @Nullable String id) {
		return counting(find(this.projects, source, id));
	}

	/**
	 * {@return the channels of an owner and of a project}
	 */
	List<OwnerChannel> findChannels(String source, @Nullable String owner, @Nullable String project) {
		return Stream.of(find(this.owners, source, owner), find(this.projects, source, project))
			.flatMap(List::stream)
			.flatMap((recipient) -> OwnerChannel.parse(recipient).stream())
			.toList();
	}

	private static List<String> counting(List<String> recipients) {
		return recipients.stream()
			.filter((recipient) -> OwnerChannel.parse(recipient).map(OwnerChannel::answers).orElse(true))
			.toList();
	}

	/**
	 * An id with a slash is found only together with its source, since it could name
	 * another source's id.
	 */
	private static List<String> find(Map<String, List<String>> addresses, String source, @Nullable String id) {
		if (id == null) {
			return List.of();
		}
		List<String> exact = addresses.get(CanonicalText.of(source + "/" + id));
		if (exact != null) {
			return exact;
		}
		return id.contains("/") ? List.of() : addresses.getOrDefault(CanonicalText.of(id), List.of());
	}

	private static OwnerDirectory of(String file, String yaml, Allowed allowed) {
		if (StrictYaml.isEmpty(yaml)) {
			return NOBODY;
		}
		OwnersYaml read = YAML.read(file, yaml, OwnersYaml.class);
		List<String> faults = new ArrayList<>();
		OwnerDirectory owners = new OwnerDirectory(checked(file + ": owners.", read.owners(), allowed, faults),
				checked(file + ": projects.", read.projects(), allowed, faults));
		if (!faults.isEmpty()) {
			int more = faults.size() - TOLD;
			throw Failure.configuration(String.join(". ", faults.subList(0, Math.min(TOLD, faults.size())))
					+ ((more > 0) ? ". And " + more + " more" : ""));
		}
		return owners;
	}

	private static Map<String, List<String>> checked(String place,
			@Nullable Map<String, @Nullable List<@Nullable String>> written, Allowed allowed, List<String> faults) {
		Map<String, List<String>> checked = new HashMap<>();
		if (written != null) {
			written.forEach((id, addresses) -> {
				List<String> before = checked.put(CanonicalText.of(id), checked(place + SafeText.shortened(id),
						(addresses != null) ? addresses : List.of(), allowed, faults));
				if (before != null) {
					faults.add(place + SafeText.shortened(id)
							+ ": comes twice, with other code points; take one of them out");
				}
			});
		}
		return checked;
	}

	private static List<String> checked(String place, List<@Nullable String> written, Allowed allowed,
			List<String> faults) {
		if (written.isEmpty()) {
			faults.add(place + ": names no address; write one or more, or take it out");
		}
		List<String> checked = new ArrayList<>();
		for (String text : written) {
			String recipient = OwnerChannel.parse(text)
				.map(OwnerChannel::recipient)
				.or(() -> OwnerAddress.parse(text))
				.orElse("");
			allowed.refusal(recipient)
				.ifPresent((why) -> faults.add(place + ": \"" + SafeText.shortened(text) + "\" " + why));
			checked.add(recipient);
		}
		return checked;
	}

	/**
	 * Who may be named.
	 *
	 * @param domains the domains of addresses
	 * @param channels the ids of channels
	 */
	private record Allowed(AllowedDomains domains, Set<String> channels) {

		private Optional<String> refusal(String recipient) {
			Optional<OwnerChannel> channel = OwnerChannel.parse(recipient);
			if (channel.isPresent()) {
				return this.channels.contains(channel.get().id()) ? Optional.empty()
						: Optional.of("is no channel under keysteward.channels ("
								+ (this.channels.isEmpty() ? "there is none"
										: String.join(", ", new TreeSet<>(this.channels)))
								+ "); correct it, or configure the channel");
			}
			if (recipient.isEmpty()) {
				return Optional.of(OwnerAddress.ALLOWED);
			}
			return this.domains.permit(recipient) ? Optional.empty() : Optional.of(this.domains.refusal());
		}

	}

}
