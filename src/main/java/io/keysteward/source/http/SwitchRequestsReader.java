package io.keysteward.source.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.keysteward.source.definition.Definition;
import io.keysteward.source.landing.LandedDefinition;
import io.keysteward.source.landing.Table;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition's requests that switch keys.
 */
final class SwitchRequestsReader {

	private static final String DISABLE = Definition.DISABLE_HTTP;

	private static final String RESTORE = Definition.RESTORE_HTTP;

	private final LandedDefinition definition;

	SwitchRequestsReader(LandedDefinition definition) {
		this.definition = definition;
	}

	/**
	 * {@return why the definition cannot switch keys; null: it can}
	 */
	@Nullable String obstacle() {
		for (String file : List.of(DISABLE, RESTORE)) {
			if (this.definition.folder().text(file) == null) {
				return this.definition.file(file) + " is missing";
			}
		}
		return null;
	}

	/**
	 * {@return both requests; null: one is missing}
	 */
	@Nullable SwitchRequests read() {
		RequestFile disable = request(DISABLE, false);
		RequestFile restore = request(RESTORE, true);
		if (disable == null || restore == null) {
			return null;
		}
		Set<String> hidden = keyTable().columns()
			.stream()
			.filter((column) -> column.as() == Table.As.HIDDEN)
			.map(Table.Column::name)
			.collect(Collectors.toUnmodifiableSet());
		return new SwitchRequests(disable, restore, hidden, this.definition.common().effectiveWithin());
	}

	private @Nullable RequestFile request(String file, boolean restores) {
		String text = this.definition.folder().text(file);
		return (text != null)
				? RequestFile.of(this.definition.file(file), text, RequestValues.names(keyTable(), restores)) : null;
	}

	/** The table whose rows are keys. */
	private Table keyTable() {
		List<Table> tables = this.definition.tables();
		return tables.stream()
			.filter((table) -> table.yaml().one() != null)
			.findFirst()
			.orElseGet(() -> tables.get(tables.size() - 1));
	}

}
