package io.keysteward.source.landing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.keysteward.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * A system with rows in memory, for tests of landing.
 */
final class MemorySystem implements LandedSystem {

	static final Instant READ = Instant.parse("2026-11-01T00:00:00Z");

	private final Map<String, List<List<@Nullable String>>> rows = new LinkedHashMap<>();

	private boolean repeats;

	/** The rows of earlier tables that later tables have requested. */
	final List<Map<String, @Nullable String>> seen = new ArrayList<>();

	@SafeVarargs
	@SuppressWarnings("varargs") // The arguments are copied at once.
	final MemorySystem with(String table, List<@Nullable String>... more) {
		this.rows.computeIfAbsent(table, (name) -> new ArrayList<>()).addAll(List.of(more));
		return this;
	}

	MemorySystem repeating() {
		this.repeats = true;
		return this;
	}

	@Override
	public Place place() {
		return new Place("memory", "memory");
	}

	@Override
	public Instant now() {
		return READ.plusSeconds(60);
	}

	@Override
	public LandedReading open() {
		return new Reading();
	}

	/** A reading of the current rows. */
	private final class Reading implements LandedReading {

		@Override
		public Instant snapshotAt() {
			return READ;
		}

		@Override
		public Instant sourceNow() {
			return now();
		}

		@Override
		public boolean mayRepeatRows() {
			return MemorySystem.this.repeats;
		}

		@Override
		public RowFeed rows(Table table, LandedRows landed) {
			if (table.yaml().forEach() != null) {
				MemorySystem.this.seen.addAll(landed.rows(table.yaml().forEach(), List.of("id")));
			}
			return new Feed(Objects
				.requireNonNullElse(MemorySystem.this.rows.get(table.name()), List.<List<@Nullable String>>of())
				.iterator());
		}

		@Override
		public void close() {
			// There is nothing to close.
		}

	}

	/** The rows, one by one. */
	private record Feed(Iterator<List<@Nullable String>> rows) implements RowFeed {

		@Override
		public @Nullable List<@Nullable String> next() {
			return this.rows.hasNext() ? this.rows.next() : null;
		}

		@Override
		public void close() {
			// There is nothing to close.
		}

	}

}
