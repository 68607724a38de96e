package io.keysteward.source.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.DisableCapability;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.Place;
import io.keysteward.source.Probe;
import org.jspecify.annotations.Nullable;

/**
 * A source whose users keep only the last undo text of a change, like the governance
 * database; the first text identifies the change.
 *
 * @param source the source
 * @param latest the last text by the first
 */
record LatestUndo(KeySource source, Map<String, String> latest) implements KeySource {

	static LatestUndo of(KeySource source) {
		return new LatestUndo(source, new HashMap<>());
	}

	@Override
	public String id() {
		return this.source.id();
	}

	@Override
	public String title() {
		return this.source.title();
	}

	@Override
	public String definition() {
		return this.source.definition();
	}

	@Override
	public String definitionFile() {
		return this.source.definitionFile();
	}

	@Override
	public String definitionSha256() {
		return this.source.definitionSha256();
	}

	@Override
	public SourceTraits traits(Set<KeyColumn> columns, @Nullable Instant knownSince) {
		return this.source.traits(columns, knownSince);
	}

	@Override
	public Probe probe() {
		return this.source.probe();
	}

	@Override
	public Instant now() {
		return this.source.now();
	}

	@Override
	public Place place() {
		return this.source.place();
	}

	@Override
	public KeySnapshot open(Set<String> projects) {
		return this.source.open(projects);
	}

	@Override
	public DisableCapability disabling() {
		return this.source.disabling();
	}

	@Override
	public KeySwitch keySwitch(Set<String> places) {
		KeySwitch real = this.source.keySwitch(places);
		return new KeySwitch() {

			@Override
			public void probe() {
				real.probe();
			}

			@Override
			public @Nullable String rehearse(Order order) {
				return real.rehearse(order);
			}

			@Override
			public @Nullable String disable(Order order, Consumer<String> undo) {
				String[] first = new String[1];
				return real.disable(order, (text) -> {
					if (first[0] == null) {
						first[0] = text;
						undo.accept(text);
					}
					LatestUndo.this.latest.put(first[0], text);
				});
			}

			@Override
			public boolean restore(Undo undo, Consumer<String> announce) {
				return real.restore(last(undo), announce);
			}

			@Override
			public Fate fate(String handedOver) {
				return real.fate(LatestUndo.this.latest.getOrDefault(handedOver, handedOver));
			}

			@Override
			public boolean isOn(String keyId) {
				return real.isOn(keyId);
			}

			@Override
			public boolean disabledBy(Undo undo) {
				return real.disabledBy(last(undo));
			}

		};
	}

	private KeySwitch.Undo last(KeySwitch.Undo undo) {
		String values = String.valueOf(undo.values());
		return new KeySwitch.Undo(undo.keyId(), undo.runId(), undo.asOf(), this.latest.getOrDefault(values, values));
	}

}
