package io.keysteward.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.source.definition.Catalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Switches every key of the fixture of each definition that switches keys by SQL, with
 * the roles of its grants.sql.
 */
class CatalogueSwitchTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T00:00:00Z");

	@ParameterizedTest
	@MethodSource("switching")
	void everyActiveKeyIsSwitchedOffAndOnAsItWas(String name) {
		CatalogueFixture fixture = CatalogueFixture.of(name);
		String before = fixture.inventory();
		List<KeyRecord> active = active(fixture);
		assertThat(active).isNotEmpty();
		KeySwitch keySwitch = keySwitch(fixture.load());
		keySwitch.probe();
		for (KeyRecord key : active) {
			KeySwitch.Order order = new KeySwitch.Order(key, 7, AS_OF);
			assertThat(keySwitch.rehearse(order)).as(key.id().id()).isNull();
			assertThat(fixture.inventory()).isEqualTo(before);
			List<String> undo = new ArrayList<>();
			assertThat(keySwitch.disable(order, undo::add)).as(key.id().id()).isNull();
			assertThat(keySwitch.isOn(key.id().id())).isFalse();
			KeySwitch.Undo taken = new KeySwitch.Undo(key.id().id(), 7, AS_OF, undo.get(0));
			assertThat(keySwitch.disabledBy(taken)).isTrue();
			assertThat(keySwitch.restore(taken, (receipt) -> {
			})).isTrue();
			assertThat(fixture.inventory()).isEqualTo(before);
			assertThat(keySwitch.restore(taken, (receipt) -> {
			})).as("already").isFalse();
		}
	}

	/** A key that somebody has changed since stays unchanged. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					unleash-sql   | UPDATE api_tokens SET expires_at = expires_at + interval '1 millisecond'
					unleash-8-sql | UPDATE api_tokens SET expires_at = expires_at + interval '1 millisecond'
					unleash-8-sql | UPDATE api_tokens_v2 SET expires_at = expires_at + interval '1 millisecond'
					litellm-sql   | UPDATE "LiteLLM_VerificationToken" SET blocked = true, updated_by = 'ann'
					litellm-sql   | UPDATE "LiteLLM_VerificationToken" SET blocked = true, updated_at = updated_at + interval '1 second'
					grafana-sql   | UPDATE api_key SET is_revoked = true, updated = updated + interval '1 second'
					trigger-dev   | UPDATE "PersonalAccessToken" SET "revokedAt" = "revokedAt" + interval '1 second'
					trigger-dev   | UPDATE "OrganizationAccessToken" SET "revokedAt" = "revokedAt" + interval '1 second'
					""")
	void aKeyChangedSinceIsLeftAlone(String name, String touch) {
		CatalogueFixture fixture = CatalogueFixture.of(name);
		KeySwitch keySwitch = keySwitch(fixture.load());
		List<KeySwitch.Undo> undos = new ArrayList<>();
		for (KeyRecord key : active(fixture)) {
			keySwitch.disable(new KeySwitch.Order(key, 7, AS_OF),
					(values) -> undos.add(new KeySwitch.Undo(key.id().id(), 7, AS_OF, values)));
		}
		fixture.database().jdbc().sql(touch).update();
		assertThat(undos).isNotEmpty();
		assertThat(undos.stream().filter((undo) -> !keySwitch.disabledBy(undo)).toList()).isNotEmpty()
			.allMatch((undo) -> !keySwitch.restore(undo, (receipt) -> {
			}));
	}

	@ParameterizedTest
	@MethodSource("switching")
	void aKeyThatWasUsedMeanwhileIsNotSwitchedOff(String name) {
		CatalogueFixture fixture = CatalogueFixture.of(name);
		KeySwitch keySwitch = keySwitch(fixture.load());
		for (KeyRecord key : active(fixture)) {
			KeyRecord other = new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(),
					key.createdAt(), Usage.used(Instant.parse("2026-01-01T00:00:00Z")), key.expiresAt(), key.status(),
					key.kind(), key.lastDeniedAt(), key.referencedBy(), null);
			assertThat(keySwitch.disable(new KeySwitch.Order(other, 7, AS_OF), (values) -> {
			})).as(key.id().id()).contains("last_used_at");
		}
	}

	@ParameterizedTest
	@MethodSource("granted")
	void theGrantedRolesCanDoTheirWork(String name) {
		CatalogueFixture fixture = CatalogueFixture.of(name);
		TestDatabase database = fixture.database();
		String prefix = database.jdbc().sql("SELECT current_database()").query(String.class).single() + "_";
		String grants = Catalogue.entry("test", name).folder().required("grants.sql").replace("keysteward_", prefix);
		database.jdbc().sql(grants).update();
		List<String> roles = database.jdbc()
			.sql("SELECT rolname FROM pg_roles WHERE starts_with(rolname, :prefix) ORDER BY 1 DESC")
			.param("prefix", prefix)
			.query(String.class)
			.list();
		assertThat(roles.get(0)).endsWith("_reader");
		for (String role : roles) {
			KeySource source = fixture.load(database.as(role));
			source.probe();
			assertThat(new CatalogueFixture(name, database.as(role), fixture.config()).inventory())
				.isEqualTo(fixture.inventory());
			if (role.endsWith("_disabler")) {
				KeySwitch keySwitch = keySwitch(source);
				keySwitch.probe();
				for (KeyRecord key : active(fixture)) {
					assertThat(keySwitch.rehearse(new KeySwitch.Order(key, 7, AS_OF))).isNull();
				}
			}
		}
	}

	private static KeySwitch keySwitch(KeySource source) {
		return source.keySwitch(Set.of());
	}

	private static List<KeyRecord> active(CatalogueFixture fixture) {
		SourceTraits traits = fixture.load().probe().traits();
		return fixture.keys()
			.stream()
			.filter((key) -> key.status() == KeyStatus.ACTIVE
					&& (key.expiresAt() == null || key.expiresAt().isAfter(Instant.now()))
					&& traits.governs(key.kind()))
			.toList();
	}

	static List<String> switching() {
		return Catalogue.names()
			.stream()
			.filter((name) -> Catalogue.entry("test", name).folder().text("disable.sql") != null)
			.toList();
	}

	static List<String> granted() {
		return Catalogue.names()
			.stream()
			.filter((name) -> Catalogue.entry("test", name).folder().text("grants.sql") != null)
			.toList();
	}

}
