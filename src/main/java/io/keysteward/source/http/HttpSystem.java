package io.keysteward.source.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.keysteward.source.KeySwitch;
import io.keysteward.source.Place;
import io.keysteward.source.landing.LandedKeys;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.SwitchingSystem;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP administration API whose lists are landed.
 */
final class HttpSystem implements SwitchingSystem {

	private final HttpDefinition definition;

	private final ApiClient client;

	private final Parameters parameters;

	private final Authentication authentication;

	private final @Nullable SwitchRequests requests;

	private final @Nullable String obstacle;

	/** Switches one key at a time. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Set<String> openChanges = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the system.
	 * @param requests the requests that switch keys; null: keys cannot be switched
	 * @param obstacle why keys cannot be switched; null: they can
	 */
	HttpSystem(HttpDefinition definition, ApiClient client, Parameters parameters, Authentication authentication,
			@Nullable SwitchRequests requests, @Nullable String obstacle) {
		this.definition = definition;
		this.client = client;
		this.parameters = parameters;
		this.authentication = authentication;
		this.requests = requests;
		this.obstacle = obstacle;
	}

	ApiClient client() {
		return this.client;
	}

	/**
	 * The address, the parameters and the login identify the API, which must answer once.
	 */
	@Override
	public Place place() {
		new ReachabilityCheck(this.client).answer();
		return where();
	}

	/**
	 * {@return the place, without a request}
	 */
	Place where() {
		String asked = this.parameters.values()
			.entrySet()
			.stream()
			.map((parameter) -> " " + parameter.getKey() + "=" + String.join(",", parameter.getValue()))
			.collect(Collectors.joining());
		String text = this.client.address() + asked + " as " + this.authentication.identity();
		String lists = this.definition.lists()
			.stream()
			.map((list) -> list.get().text())
			.collect(Collectors.joining(" "));
		return new Place(text, text + " " + this.authentication.fingerprint() + " " + lists);
	}

	@Override
	public Instant now() {
		return Objects.requireNonNullElseGet(new ReachabilityCheck(this.client).answer().date(),
				this.client::localTime);
	}

	@Override
	public LandedReading open() {
		HttpReading reading = new HttpReading(this.definition, this.client, this.parameters, Map.of());
		requireProbe(reading);
		return reading;
	}

	@Override
	public @Nullable String obstacle() {
		return this.obstacle;
	}

	@Override
	public KeySwitch keySwitch(LandedKeys keys, Set<String> places) {
		return new HttpKeySwitch(this, Objects.requireNonNull(this.requests), keys, places);
	}

	/**
	 * Checks the probe before lists are read.
	 */
	void requireProbe(HttpReading reading) {
		HttpProbe probe = this.definition.probe();
		if (probe != null) {
			reading.noteAnswer(probe.require(this.client, this.parameters));
		}
	}

	/**
	 * {@return a reading of one key if the definition has a path for it, otherwise of
	 * all}
	 * @param keyId the key's id
	 * @param row the key's row from an earlier reading; empty: there is none
	 */
	LandedReading openOne(String keyId, Map<String, @Nullable String> row) {
		HttpList list = this.definition.withOne();
		if (list == null || (row.isEmpty() && list.oneNeedsTheRow())) {
			return open();
		}
		Map<String, @Nullable String> values = new HashMap<>(row);
		values.put(HttpList.KEY_ID, keyId);
		return new HttpReading(this.definition, this.client, this.parameters, values);
	}

	/**
	 * {@return whether the definition says how one key is read}
	 */
	boolean readsOne() {
		return this.definition.withOne() != null;
	}

	/**
	 * {@return the result of a change, during which no other change runs}
	 */
	<T> T exclusively(Supplier<T> change) {
		this.lock.lock();
		try {
			return change.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * {@return the ids of the changes whose requests are still running}
	 */
	Set<String> openChanges() {
		return this.openChanges;
	}

	@Override
	public String toString() {
		return this.client.toString();
	}

}
