package io.keysteward.source.file;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The credential report of AWS: two keys in a row, and words for missing values.
 */
class AwsCredentialReportTests {

	private static final String YAML = """
			title: AWS access keys, from the credential report
			rows:
			  report:
			    format: csv
			    columns: [user, arn, access_key_1_active, access_key_1_last_rotated, access_key_1_last_used_date,
			              access_key_2_active, access_key_2_last_rotated, access_key_2_last_used_date]
			usage: { recorded: full, granularity: PT4H15M, known-since: 2015-04-22 }
			unnamed: { judge: false }
			kinds: { never-disable: [root] }
			""";

	private static final String SELECT = """
			SELECT r.arn || '#' || k.slot AS key_id,
			       split_part(r.arn, ':', 5) AS project_id,
			       r.arn AS owner_id,
			       r."user" AS owner_name,
			       k.rotated::timestamptz AS created_at,
			       CASE WHEN k.used NOT IN ('N/A', 'no_information', 'not_supported') THEN k.used::timestamptz END AS last_used_at,
			       CASE lower(k.active) WHEN 'true' THEN 'active' WHEN 'false' THEN 'disabled' ELSE k.active END AS status,
			       CASE WHEN r."user" = '<root_account>' THEN 'root' ELSE 'user' END AS kind
			  FROM report r
			 CROSS JOIN LATERAL (VALUES
			       (1, access_key_1_active, access_key_1_last_rotated, access_key_1_last_used_date),
			       (2, access_key_2_active, access_key_2_last_rotated, access_key_2_last_used_date))
			       AS k (slot, active, rotated, used)
			 WHERE k.rotated NOT IN ('N/A', 'not_supported')
			""";

	private static final String REPORT = """
			user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service
			<root_account>,arn:aws:iam::123456789012:root,2020-01-01T00:00:00+00:00,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A
			ci,arn:aws:iam::123456789012:user/ci,2021-01-01T00:00:00+00:00,false,false,true,2025-01-02T03:04:05+00:00,2026-10-01T08:00:00+00:00,eu-central-1,s3,false,2024-01-02T03:04:05+00:00,N/A,N/A,N/A
			""";

	@Test
	void eachSlotWithAKeyIsAKey() {
		TestExport export = TestExport.create(YAML, SELECT).put("report.csv", REPORT);
		List<KeyRecord> keys = TestExport.keys(export.file("report.csv"));
		assertThat(keys).extracting((key) -> key.id().id())
			.containsExactly("arn:aws:iam::123456789012:user/ci#1", "arn:aws:iam::123456789012:user/ci#2");
		assertThat(keys).extracting(KeyRecord::usage)
			.containsExactly(Usage.used(Instant.parse("2026-10-01T08:00:00Z")), Usage.NEVER_USED);
		assertThat(keys).extracting(KeyRecord::status).containsExactly(KeyStatus.ACTIVE, KeyStatus.DISABLED);
		assertThat(keys).extracting((key) -> key.project().id()).containsOnly("123456789012");
		assertThat(keys).extracting(KeyRecord::dataError).containsOnlyNulls();
	}

}
