package io.keysteward.notice.mail;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.text.CanonicalText;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import io.keysteward.yaml.StrictYaml;
import io.keysteward.yaml.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code owners.yaml}, with the addresses for owners and projects that a source
 * does not give.
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
	 * @return its content
	 * @throws Failure of configuration that names every fault in it
	 */
	public static OwnerDirectory read(Path file, MailSettings settings) {
		try {
			return of(file.toString(), WrittenFile.read(file.toString(), file), AllowedDomains.of(settings));
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
	 * {@return the addresses for an owner, if any}
	 * @param source the source's id
	 * @param id the owner's id; null: not known
	 */
	List<String> findForOwner(String source, @Nullable String id) {
		return find(this.owners, source, id);
	}

	/**
	 * {@return the addresses for a project, if any}
	 */
	List<String> findForProject(String source, @Nullable String id) {
		return find(this.projects, source, id);
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

	private static OwnerDirectory of(String file, String yaml, AllowedDomains domains) {
		if (StrictYaml.isEmpty(yaml)) {
			return NOBODY;
		}
		OwnersYaml read = YAML.read(file, yaml, OwnersYaml.class);
		List<String> faults = new ArrayList<>();
		OwnerDirectory owners = new OwnerDirectory(checked(file + ": owners.", read.owners(), domains, faults),
				checked(file + ": projects.", read.projects(), domains, faults));
		if (!faults.isEmpty()) {
			int more = faults.size() - TOLD;
			throw Failure.configuration(String.join(". ", faults.subList(0, Math.min(TOLD, faults.size())))
					+ ((more > 0) ? ". And " + more + " more" : ""));
		}
		return owners;
	}

	private static Map<String, List<String>> checked(String place,
			@Nullable Map<String, @Nullable List<@Nullable String>> written, AllowedDomains domains,
			List<String> faults) {
		Map<String, List<String>> checked = new HashMap<>();
		if (written != null) {
			written.forEach((id, addresses) -> {
				List<String> before = checked.put(CanonicalText.of(id), checked(place + SafeText.shortened(id),
						(addresses != null) ? addresses : List.of(), domains, faults));
				if (before != null) {
					faults.add(place + SafeText.shortened(id)
							+ ": comes twice, with other code points; take one of them out");
				}
			});
		}
		return checked;
	}

	private static List<String> checked(String place, List<@Nullable String> written, AllowedDomains domains,
			List<String> faults) {
		if (written.isEmpty()) {
			faults.add(place + ": names no address; write one or more, or take it out");
		}
		List<String> checked = new ArrayList<>();
		for (String text : written) {
			String address = OwnerAddress.parse(text).orElse("");
			if (address.isEmpty()) {
				faults.add(place + ": \"" + SafeText.shortened(text) + "\" " + OwnerAddress.ALLOWED);
			}
			else if (!domains.permit(address)) {
				faults.add(place + ": \"" + address + "\" " + domains.refusal());
			}
			checked.add(address);
		}
		return checked;
	}

}
