package io.keysteward.forecast;

import java.util.function.Consumer;

import io.keysteward.source.KeySwitch;
import org.jspecify.annotations.Nullable;

/**
 * Switches copied keys off, and on again.
 */
final class CopiedSwitch implements KeySwitch {

	private final CopiedKeys keys;

	private final String source;

	CopiedSwitch(CopiedKeys keys, String source) {
		this.keys = keys;
		this.source = source;
	}

	/** There is nothing to be checked: the real run checks its source. */
	@Override
	public void probe() {
		// Nothing: see above.
	}

	@Override
	public @Nullable String rehearse(Order order) {
		return null;
	}

	@Override
	public @Nullable String disable(Order order, Consumer<String> undo) {
		undo.accept("{}");
		return this.keys.disable(this.source, order.key().id().id()) ? null : "status";
	}

	/** Nobody answers in a rehearsal, but a key may have been tried within its trial. */
	@Override
	public boolean restore(Undo undo, Consumer<String> announce) {
		announce.accept("{}");
		return this.keys.restore(this.source, undo.keyId());
	}

	/** What a killed run has begun, the next real run settles by asking the source. */
	@Override
	public Fate fate(String handedOver) {
		return Fate.UNKNOWN;
	}

	@Override
	public boolean isOn(String keyId) {
		return this.keys.isOn(this.source, keyId);
	}

	@Override
	public boolean disabledBy(Undo undo) {
		return !isOn(undo.keyId());
	}

}
