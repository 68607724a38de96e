package io.keysteward.source.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.keysteward.http.Answer;
import io.keysteward.http.HttpConnection;
import io.keysteward.http.Pause;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySwitch.Fate;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import io.keysteward.source.KeySwitch.UnknownOutcome;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A key counts as off when its system shows it as off, not when a request was answered.
 */
class HttpSwitchTests {

	private static final Instant AS_OF = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private final TestApi api = new TestApi();

	private final KeySource source = this.api.source();

	private final List<String> handedOver = new ArrayList<>();

	private final KeyRecord key = new KeyRecord(new KeyId("x", "k"), "service", null, Project.NONE, Owner.NONE,
			AS_OF.minus(Duration.ofDays(400)), Usage.used(AS_OF.minus(Duration.ofDays(200))), null, KeyStatus.ACTIVE,
			"team", null, null, null);

	@AfterEach
	void stop() {
		this.api.close();
	}

	@Test
	void anAnswerProvesNothing() {
		this.api.put(this.key);
		this.api.changing((request, row) -> {
		});
		assertThat(catchThrowableOfType(Failure.class, this::disable).line())
			.endsWith("/x/disable.http: was answered, and"
					+ " after 1 s select.sql still shows the key as active; nothing was undone, and the key may"
					+ " still go off: check it in its system, and correct the request or"
					+ " disable.effective-within");
		assertThat(keySwitch().isOn("k")).isTrue();
		assertThat(changes()).isEqualTo(1);
	}

	@Test
	void aSystemMayTakeItsTime() {
		this.api.put(this.key);
		AtomicInteger later = new AtomicInteger();
		this.api.changing((request, row) -> new Thread(() -> {
			Pause.sleep(Duration.ofMillis(400));
			later.incrementAndGet();
			this.api.apply(request, row);
		}).start());
		assertThat(disable()).isNull();
		assertThat(later.get()).isEqualTo(1);
		assertThat(keySwitch().isOn("k")).isFalse();
	}

	@Test
	void theRowIsStoredBeforeAndAfterWithoutSecrets() {
		this.api.put(this.key);
		assertThat(disable()).isNull();
		assertThat(this.handedOver).hasSize(2).allMatch((undo) -> !undo.contains("sk-1"));
		HeldKey before = held(0);
		assertThat(before.row()).containsEntry("status", "active")
			.containsEntry("rev", "1")
			.doesNotContainKey("secret");
		assertThat(before.off()).isNull();
		assertThat(held(1).off()).containsEntry("status", "disabled").containsEntry("rev", "2");
		assertThat(held(1).change()).isEqualTo(before.change());
	}

	@Test
	void aKeyThatIsUsedInThatMomentIsSwitchedOnAgain() {
		this.api.put(this.key);
		this.api.changing((request, row) -> {
			this.api.apply(request, row);
			row.put("last_used_at", AS_OF.toString());
		});
		assertThat(disable()).startsWith("last_used_at was " + this.key.usage().lastUsedAt() + ", is " + AS_OF)
			.endsWith("(it was used while it was switched off, and was switched on again)");
		assertThat(keySwitch().isOn("k")).isTrue();
		assertThat(changes()).isEqualTo(2);
	}

	@Test
	void aKeyThatCannotBeSwitchedOnAgainIsAFailure() {
		this.api.put(this.key);
		this.api.changing((request, row) -> {
			row.put("status", "disabled");
			row.put("last_used_at", AS_OF.toString());
		});
		assertThat(catchThrowableOfType(Failure.class, this::disable).line()).endsWith(
				"/x/restore.http: the key was used or changed while it was switched off, and could not be switched"
						+ " on again;" + " switch it on in its system");
	}

	@Test
	void aRequestThatChangesMoreIsTakenBack() {
		this.api.put(this.key);
		this.api.changing((request, row) -> {
			this.api.apply(request, row);
			row.put("kind", request.body().contains("\"at\"") ? "other" : "team");
		});
		assertThat(catchThrowableOfType(Failure.class, this::disable).line())
			.endsWith("/x/disable.http: changes more than"
					+ " whether the key is on: kind was 'team', is 'other'; it was switched on again: correct the"
					+ " request");
		assertThat(keySwitch().isOn("k")).isTrue();
	}

	@Test
	void aRefusalHasChangedNothingAndAFaultOfTheServerMayHave() {
		this.api.put(this.key);
		ScriptedServer proxy = new ScriptedServer((request) -> ScriptedServer.Reply.of(400, "s3cret"));
		try (proxy) {
			KeySource through = through(proxy);
			answerChanges(proxy, 400);
			assertThat(catchThrowableOfType(Failure.class, () -> disable(through)).line())
				.endsWith("PUT /keys/{{key_id}} of " + proxy.url() + " answers 400");
			answerChanges(proxy, 307);
			assertThat(catchThrowableOfType(Failure.class, () -> disable(through)).kind())
				.isEqualTo(Failure.Kind.CONFIGURATION);
			answerChanges(proxy, 429);
			assertThat(catchThrowableOfType(Failure.class, () -> disable(through)).kind())
				.isEqualTo(Failure.Kind.RETRY);
			for (int status : new int[] { 301, 302, 303, 500, 502, 503, 504 }) {
				answerChanges(proxy, status);
				assertThatExceptionOfType(UnknownOutcome.class).isThrownBy(() -> disable(through))
					.withMessageEndingWith("answers " + status);
			}
			assertThat(proxy.requests().stream().filter((request) -> request.method().equals("PUT"))).hasSize(10);
		}
	}

	/** A proxy answers so as well, and a path that has become another one. */
	@Test
	void aKeyThatIsNotFoundAloneIsNotOffWhileTheListShowsIt() {
		this.api.put(this.key);
		ScriptedServer proxy = new ScriptedServer((request) -> ScriptedServer.Reply.of(404, ""));
		try (proxy) {
			proxy.answering((request) -> {
				if (request.method().equals("PUT")) {
					return ScriptedServer.Reply.json("{}");
				}
				return request.path().equals("/keys")
						? ScriptedServer.Reply
							.json("{\"keys\":" + (request.target().contains("offset=0") ? row() : "[]") + "}")
						: ScriptedServer.Reply.of(404, "not found");
			});
			KeySource through = this.api.load(TestApi.yaml(TestApi.ONE, true).replace(", of: 500", ", of: 1"),
					TestApi.DISABLE, TestApi.RESTORE, proxy.url());
			assertThat(catchThrowableOfType(Failure.class, () -> disable(through)).line())
				.contains("select.sql still shows the key as active");
		}
	}

	/** A header has no blanks at its ends: the request would be about the key 'k'. */
	@Test
	void aKeyThatAHeaderWouldMakeAnotherOneOfIsLeftAlone() {
		KeyRecord blank = new KeyRecord(new KeyId("x", "k "), null, null, Project.NONE, Owner.NONE, null,
				this.key.usage(), null, KeyStatus.ACTIVE, null, null, null, null);
		this.api.put(this.key);
		this.api.put(blank);
		KeySource source = this.api.load(TestApi.yaml("", true), """
				PUT /keys
				Content-Type: application/json
				X-Key-Id: {{key_id}}

				{"status": "disabled"}
				""", TestApi.RESTORE, this.api.server().url());
		assertThat(catchThrowableOfType(Failure.class,
				() -> source.keySwitch(Set.of()).disable(new Order(blank, 7, AS_OF), this.handedOver::add))
			.line()).contains("/x/disable.http: a value begins or ends with a blank");
		assertThat(changes()).isZero();
	}

	/** The key may be off, and what takes it back must not be forgotten. */
	@Test
	void whoDoesNotAnswerAfterTheChangeLeavesItUnknown() {
		this.api.put(this.key);
		ScriptedServer proxy = new ScriptedServer((request) -> ScriptedServer.Reply.of(500, ""));
		try (proxy) {
			KeySource through = through(proxy);
			boolean[] changed = new boolean[1];
			proxy.answering((request) -> {
				if (request.method().equals("PUT")) {
					changed[0] = true;
					this.api.set("k", "status", "disabled");
					return ScriptedServer.Reply.json("{}");
				}
				return changed[0] ? ScriptedServer.Reply.of(403, "") : ScriptedServer.Reply
					.json("{\"keys\":" + (request.target().contains("offset=0") ? row() : "[]") + "}");
			});
			assertThatExceptionOfType(UnknownOutcome.class).isThrownBy(() -> disable(through));
			assertThat(this.handedOver).hasSize(1);
		}
		Undo undo = new Undo("k", 7, AS_OF, this.handedOver.get(0));
		assertThat(keySwitch().fate(this.handedOver.get(0))).isEqualTo(Fate.COMMITTED);
		assertThat(keySwitch().disabledBy(undo)).isTrue();
		assertThat(keySwitch().restore(undo, this.handedOver::add)).isTrue();
		assertThat(keySwitch().isOn("k")).isTrue();
	}

	/** A use that the system records late is not a change of the key. */
	@Test
	void aUseThatIsNotedLaterDoesNotKeepAKeyOff() {
		this.api.put(this.key);
		assertThat(disable()).isNull();
		this.api.set("k", "last_used_at", AS_OF.minusSeconds(5).toString());
		assertThat(keySwitch().disabledBy(undo())).isTrue();
		this.api.set("k", "rev", 99);
		assertThat(keySwitch().disabledBy(undo())).isFalse();
		assertThat(keySwitch().restore(undo(), this.handedOver::add)).isFalse();
		this.api.set("k", "rev", 2);
		assertThat(keySwitch().restore(undo(), this.handedOver::add)).isTrue();
		assertThat(keySwitch().isOn("k")).isTrue();
	}

	@Test
	void aRestoringThatDoesNothingIsAFault() {
		this.api.put(this.key);
		assertThat(disable()).isNull();
		this.api.changing((request, row) -> {
		});
		assertThat(catchThrowableOfType(Failure.class, () -> keySwitch().restore(undo(), this.handedOver::add)).line())
			.contains("/x/restore.http: was answered, and after 1 s select.sql still shows the key as switched off");
	}

	@Test
	void aRehearsalSendsNothingAndSaysSo() {
		this.api.put(this.key);
		assertThat(keySwitch().rehearse(new Order(this.key, 7, AS_OF))).isNull();
		assertThat(keySwitch().rehearsed()).contains("none sent");
		assertThat(changes()).isZero();
	}

	@Test
	void aRequestThatCannotBeWrittenFailsBeforeTheKeyIsOff() {
		this.api.put(this.key);
		KeySource source = this.api.load(TestApi.yaml("", true), TestApi.DISABLE, "PUT /keys/{{undo.masked_key}}\n",
				this.api.server().url());
		assertThat(catchThrowableOfType(Failure.class, () -> disable(source)).line())
			.endsWith("/x/restore.http: {{undo.masked_key}} is null for this key; write a default: {{undo.masked_key |"
					+ " default}}");
		assertThat(changes()).isZero();
	}

	@Test
	void aDefinitionWithoutRequestsCannotDisable() {
		KeySource without = this.api.load(TestApi.yaml("", false), TestApi.DISABLE, TestApi.RESTORE,
				this.api.server().url());
		assertThat(without.disabling().obstacle()).contains("disable.reversible");
	}

	@Test
	void thePlaceIsTheAddressAndWhoAsks() {
		String url = this.api.server().url();
		assertThat(this.source.place().text()).isEqualTo(url + " as bearer");
		assertThat(this.source.place().keys()).doesNotContain(TestApi.TOKEN);
		assertThat(TestApi
			.load(TestApi.yaml("", true), TestApi.DISABLE, TestApi.RESTORE,
					new SourceSettings.Http(url, null, null, new SourceSettings.Login("ann", "p"), null, null, null,
							null))
			.place()
			.text()).isEqualTo(url + " as basic ann");
	}

	private void answerChanges(ScriptedServer proxy, int status) {
		proxy.answering((request) -> request.method().equals("PUT") ? ScriptedServer.Reply.of(status, "s3cret")
				: ScriptedServer.Reply
					.json("{\"keys\":" + (request.target().contains("offset=0") ? row() : "[]") + "}"));
	}

	private String row() {
		String[] row = new String[1];
		ApiClient client = new ApiClient("x", HttpAddress.of("url", this.api.server().url()), Map.of(),
				FixedHeader.bearer(TestApi.TOKEN), new HttpConnection(null), Duration.ofSeconds(9), (pause) -> {
				}, Clock.systemUTC());
		Answer answer = client.get(Call.get(client.address().below("/keys"), Map.of(), "/keys"),
				Deadline.in(Duration.ofSeconds(9)));
		row[0] = Json.MAPPER.readTree(answer.body()).path("keys").toString();
		return row[0];
	}

	private KeySource through(ScriptedServer proxy) {
		return this.api.load(TestApi.yaml("", true).replace(", of: 500", ", of: 1"), TestApi.DISABLE, TestApi.RESTORE,
				proxy.url());
	}

	private @Nullable String disable() {
		return disable(this.source);
	}

	private @Nullable String disable(KeySource at) {
		return at.keySwitch(Set.of()).disable(new Order(this.key, 7, AS_OF), this.handedOver::add);
	}

	private KeySwitch keySwitch() {
		return this.source.keySwitch(Set.of());
	}

	private Undo undo() {
		return new Undo("k", 7, AS_OF, this.handedOver.get(1));
	}

	private HeldKey held(int index) {
		return Objects.requireNonNull(HeldKey.of(this.handedOver.get(index)));
	}

	private long changes() {
		return this.api.server().requests().stream().filter((request) -> request.method().equals("PUT")).count();
	}

}
