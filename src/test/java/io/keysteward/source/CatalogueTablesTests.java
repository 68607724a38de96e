package io.keysteward.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.keysteward.key.KeyRecord;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Further promises of single definitions of the catalogue. */
class CatalogueTablesTests {

	@Test
	void timesOfCloudqueryAreUtcWhetherTheyHaveAZoneOrNot() {
		CatalogueFixture fixture = CatalogueFixture.of("cloudquery-aws");
		String without = fixture.inventory();
		fixture.database()
			.jdbc()
			.sql("SET timezone = 'UTC'; ALTER TABLE aws_iam_user_access_keys ALTER create_date"
					+ " TYPE timestamptz, ALTER last_used TYPE timestamptz, ALTER _cq_sync_time TYPE timestamptz")
			.update();
		assertThat(fixture.inventory()).isEqualTo(without);
	}

	@Test
	void aSyncOfCloudqueryThatIsOldInOneAccountIsRefused() {
		CatalogueFixture fixture = CatalogueFixture.of("cloudquery-aws");
		fixture.database()
			.jdbc()
			.sql("UPDATE aws_iam_user_access_keys SET _cq_sync_time = _cq_sync_time - interval"
					+ " '37 hours' WHERE account_id = '444455556666'")
			.update();
		assertThat(fixture.failure()).contains("catalogue/cloudquery-aws/source.yaml: probe says");
		fixture.database().jdbc().sql("TRUNCATE aws_iam_user_access_keys").update();
		assertThat(fixture.failure()).contains("catalogue/cloudquery-aws/source.yaml: probe says");
	}

	@Test
	void tokensThatUnleashKeepsInItsSecondTableAreNotOverlooked() {
		CatalogueFixture fixture = CatalogueFixture.of("unleash-sql");
		fixture.database().jdbc().sql("CREATE TABLE api_tokens_v2 (selector text)").update();
		assertThat(fixture.failure()).contains("catalogue/unleash-sql/source.yaml: probe says");
	}

	/**
	 * Unleash 8.1 shows new tokens without the secret, from which their id is made.
	 */
	@Test
	void aTokenThatUnleashShowsWithoutASecretFailsTheSource() {
		CatalogueFixture fixture = CatalogueFixture.of("unleash");
		fixture.database()
			.jdbc()
			.sql("INSERT INTO tokens (name, type, projects) VALUES ('new', 'backend', '[]')")
			.update();
		assertThatExceptionOfType(Failure.class).isThrownBy(fixture::keys).withMessageContaining("key_id is null");
	}

	@Test
	void grafanaKnowsUsesSinceItsUpgrade() {
		assertThat(CatalogueFixture.of("grafana-sql").load().probe().traits().knownSince())
			.isEqualTo(Instant.parse("2022-10-20T13:03:12Z"));
	}

	/** A token's id must not depend on the way of reading. */
	@Test
	void tokensOfUnleashHaveTheSameIdsByHttpAndBySql() {
		assertThat(CatalogueFixture.of("unleash-sql").keys()).extracting(KeyRecord::id)
			.containsAll(CatalogueFixture.of("unleash").keys().stream().map(KeyRecord::id).toList());
	}

	@Test
	void aFolderInTheConfigurationGoesBeforeTheCatalogue() throws IOException {
		CatalogueFixture fixture = CatalogueFixture.of("gitea");
		KeySource shipped = fixture.load();
		Path folder = Files.createDirectories(fixture.config().resolve("sources/gitea"));
		Files.writeString(folder.resolve("source.yaml"),
				"title: Test\nprobe: SELECT true\nusage: { recorded: full }\n");
		Files.writeString(folder.resolve("select.sql"), "SELECT 1 AS key_id, now() AS last_used_at");
		KeySource own = fixture.load();
		assertThat(own.title()).isEqualTo("Test");
		assertThat(own.definitionSha256()).isNotEqualTo(shipped.definitionSha256());
		assertThat(fixture.keys()).hasSize(1);
	}

}
