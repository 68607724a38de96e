package io.keysteward.policy;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.text.CanonicalText;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an exemption covers: those that match all given parts.
 *
 * @param source the source's id
 * @param key the key's id
 * @param project the project's id
 * @param owner the owner's id
 * @param name the key's name
 * @param createdAt when the key was created, since an id may be used again
 */
public record Scope(@Nullable String source, @Nullable String key, @Nullable String project, @Nullable String owner,
		@Nullable NameGlob name, @Nullable Instant createdAt) {

	public Scope {
		source = canonical(source);
		key = canonical(key);
		project = canonical(project);
		owner = canonical(owner);
	}

	Scope(@Nullable String source, @Nullable String key, @Nullable String project, @Nullable String owner,
			@Nullable NameGlob name) {
		this(source, key, project, owner, name, null);
	}

	/**
	 * {@return one key only, as it was decided about}
	 * @param createdAt null: it is not known
	 */
	public static Scope of(KeyId key, @Nullable Instant createdAt) {
		return new Scope(key.source(), key.id(), null, null, null, createdAt);
	}

	private static @Nullable String canonical(@Nullable String id) {
		return (id != null) ? CanonicalText.of(id) : null;
	}

	/**
	 * {@return a folded part that each nearly matching key has too; empty: there is none}
	 */
	String anchor() {
		String name = (this.name != null) ? this.name.exact().orElse(null) : null;
		return Stream.of(this.key, this.project, this.owner, name)
			.filter(Objects::nonNull)
			.findFirst()
			.map(CanonicalText::folded)
			.orElse("");
	}

	/**
	 * {@return the first differing part of a key that differs from the scope only in
	 * case, width or outer spaces}
	 */
	Optional<String> near(KeyRecord read) {
		String wanted = (this.name != null) ? this.name.exact().orElse(null) : null;
		boolean otherName = this.name != null && wanted == null
				&& (read.name() == null || !this.name.fits(read.name()));
		if (otherName || !near(this.source, read.id().source()) || !near(this.key, read.id().id())
				|| !near(this.project, read.project().id()) || !near(this.owner, read.owner().id())
				|| !near(wanted, read.name())) {
			return Optional.empty();
		}
		return Stream
			.of(other("source", this.source, read.id().source()), other("key", this.key, read.id().id()),
					other("project", this.project, read.project().id()), other("owner", this.owner, read.owner().id()),
					other("name", wanted, read.name()))
			.flatMap(Optional::stream)
			.findFirst();
	}

	private static boolean near(@Nullable String wanted, @Nullable String is) {
		return wanted == null || (is != null && CanonicalText.folded(wanted).equals(CanonicalText.folded(is)));
	}

	private static Optional<String> other(String what, @Nullable String wanted, @Nullable String is) {
		return fits(wanted, is) ? Optional.empty()
				: Optional.of(what + " '" + SafeText.visible(String.valueOf(is)) + "'");
	}

	boolean fits(KeyRecord read) {
		return fits(this.source, read.id().source()) && fits(this.key, read.id().id())
				&& fits(this.project, read.project().id()) && fits(this.owner, read.owner().id())
				&& (this.name == null || (read.name() != null && this.name.fits(read.name())))
				&& (this.createdAt == null || this.createdAt.equals(read.createdAt()));
	}

	private static boolean fits(@Nullable String wanted, @Nullable String is) {
		return wanted == null || (is != null && wanted.equals(CanonicalText.of(is)));
	}

	/**
	 * {@return the scope in words, such as: source api-keys, name like "batch-*"}
	 */
	@Override
	public String toString() {
		return SafeText.visible(Stream
			.of(words("source ", this.source), words("key ", this.key), words("project ", this.project),
					words("owner ", this.owner), words("", this.name), words("created ", this.createdAt))
			.flatMap(Optional::stream)
			.collect(Collectors.joining(", ")));
	}

	private static Optional<String> words(String what, @Nullable Object value) {
		return Optional.ofNullable(value).map((some) -> what + some);
	}

}
