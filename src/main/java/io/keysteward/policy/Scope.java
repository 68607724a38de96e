package io.keysteward.policy;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.Visible;
import org.jspecify.annotations.Nullable;

/**
 * Which keys an exemption covers: those that fit all that it names.
 *
 * @param source the source's id
 * @param key the key's id
 * @param project the project's id
 * @param owner the owner's id
 * @param name the key's name
 */
public record Scope(@Nullable String source, @Nullable String key, @Nullable String project, @Nullable String owner,
		@Nullable NameGlob name) {

	boolean fits(KeyRecord read) {
		return fits(this.source, read.id().source()) && fits(this.key, read.id().id())
				&& fits(this.project, read.project().id()) && fits(this.owner, read.owner().id())
				&& (this.name == null || (read.name() != null && this.name.fits(read.name())));
	}

	private static boolean fits(@Nullable String wanted, @Nullable String is) {
		return wanted == null || wanted.equals(is);
	}

	/**
	 * {@return the scope in words, such as: source api-keys, name like "batch-*"}
	 */
	@Override
	public String toString() {
		return Visible.text(Stream
			.of(words("source ", this.source), words("key ", this.key), words("project ", this.project),
					words("owner ", this.owner), words("", this.name))
			.flatMap(Optional::stream)
			.collect(Collectors.joining(", ")));
	}

	private static Optional<String> words(String what, @Nullable Object value) {
		return Optional.ofNullable(value).map((some) -> what + some);
	}

}
