package io.keysteward.insight;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.key.Level;
import io.keysteward.run.Gate;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What keys of an inventory are wanted: those that meet each condition which is not null.
 *
 * @param text a part of the id, name, project, owner or mask, whatever the case; or
 * source/id
 * @param rule the code of a rule that finds fault with it
 * @param level the level of an open finding, of that rule if one is given
 * @param owner the owner's id, name or address, whatever the case
 * @param project the project's id or name, whatever the case
 * @param source the source's id
 * @param gate a gate that holds it
 * @param dueBefore the day (UTC) before which it may be disabled
 */
public record KeySearch(@Nullable String text, @Nullable String rule, @Nullable Level level, @Nullable String owner,
		@Nullable String project, @Nullable String source, @Nullable Gate gate, @Nullable LocalDate dueBefore) {

	/**
	 * {@return whether it wants every key}
	 */
	public boolean isEmpty() {
		return conditions().isEmpty();
	}

	/**
	 * {@return the conditions in words, safe to print}
	 */
	public String words() {
		return String.join(", ", conditions());
	}

	private List<String> conditions() {
		return Stream
			.of(quoted("", this.text), (this.rule != null) ? "rule " + this.rule : null,
					(this.level != null) ? "level " + this.level : null, quoted("owner ", this.owner),
					quoted("project ", this.project), quoted("source ", this.source),
					(this.gate != null) ? "gate " + this.gate : null,
					(this.dueBefore != null) ? "due before " + this.dueBefore : null)
			.filter(Objects::nonNull)
			.collect(Collectors.toList());
	}

	private static @Nullable String quoted(String what, @Nullable String value) {
		return (value != null) ? what + "'" + SafeText.visible(value) + "'" : null;
	}

}
