package io.keysteward.report.ocsf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keysteward.report.workbook.RunFixtures;
import io.keysteward.report.workbook.SampleRun;
import io.keysteward.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Findings as OCSF events, held against what the schema's own files say.
 */
class OcsfReportTests {

	private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
		.getSchema(
				Objects
					.requireNonNull(OcsfReportTests.class.getResourceAsStream("compliance_finding-1.8.0.schema.json")),
				InputFormat.JSON);

	private final RunFixtures stored = new RunFixtures();

	private final Path directory;

	OcsfReportTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void eachLineIsAnEventThatTheSchemaKnows() throws IOException {
		List<String> lines = lines(SampleRun.store(this.stored));
		assertThat(lines).isNotEmpty().allSatisfy((line) -> assertThat(faults(line)).isEmpty());
		String first = lines.get(0);
		assertThat(faults(first.replace("\"severity_id\"", "\"severity\""))).isNotEmpty();
		assertThat(faults(first.replaceFirst("\"status_id\":\\d", "\"status_id\":17"))).isNotEmpty();
		assertThat(faults(first.replace("\"message\"", "\"massage\""))).isNotEmpty();
	}

	@Test
	void eachFindingIsThereOnceWithWhatTheRunMadeOfIt() throws IOException {
		List<JsonNode> events = events(SampleRun.store(this.stored));
		assertThat(events)
			.extracting((event) -> event.get("finding_info").get("uid").asString() + " "
					+ event.get("activity_id").asInt() + " " + event.get("status_id").asInt() + " "
					+ event.get("severity_id").asInt() + " " + event.get("compliance").get("status_id").asInt())
			.containsExactly("api-keys/exempt/AGED 2 3 1 2", "api-keys/gone/IDLE 3 4 1 0", "api-keys/idle/IDLE 2 1 4 3",
					"api-keys/idle/UNNAMED 2 1 3 2", "api-keys/orphan/IDLE 1 1 3 2", "api-keys/orphan/ORPHANED 1 1 3 2",
					"api-keys/unnamed/UNNAMED 2 1 3 2");
		assertThat(events).extracting((event) -> event.get("metadata").get("uid").asString()).doesNotHaveDuplicates();
	}

	@Test
	void timesAreMillisecondsAndTheKeyIsTheResource() throws IOException {
		JsonNode event = events(SampleRun.store(this.stored)).get(2);
		assertThat(event.get("time").asLong()).isEqualTo(Instant.parse("2026-11-23T02:00:00Z").toEpochMilli());
		assertThat(event.get("finding_info").get("first_seen_time").asLong())
			.isEqualTo(Instant.parse("2026-10-01T02:00:00Z").toEpochMilli());
		assertThat(event.get("metadata").get("correlation_uid").asString()).isEqualTo("2026-11-23");
		assertThat(event.get("resources")).singleElement()
			.satisfies((key) -> assertThat(key.get("uid").asString()).isEqualTo("api-keys/idle"));
		assertThat(event.get("message").asString()).isEqualTo("Last used on 2026-08-01, 113 days ago.");
	}

	@Test
	void aHostileNameStaysInItsLine() throws IOException {
		Run run = SampleRun.store(this.stored);
		this.stored.jdbc()
			.sql("UPDATE keysteward.key_snapshot SET name = E'a\\r\\n{\"class_uid\":1}\\u2028\\u202E' WHERE key_id = 'idle'")
			.update();
		List<String> lines = lines(run);
		assertThat(lines).hasSize(7).allSatisfy((line) -> assertThat(faults(line)).isEmpty());
		assertThat(lines.get(2)).doesNotContain("\u202E", "\u2028");
	}

	private static List<String> faults(String line) {
		return SCHEMA.validate(line, InputFormat.JSON).stream().map(Object::toString).toList();
	}

	private List<JsonNode> events(Run run) throws IOException {
		return lines(run).stream().map((line) -> JsonMapper.shared().readTree(line)).toList();
	}

	private List<String> lines(Run run) throws IOException {
		Path target = this.directory.resolve("findings.ocsf.jsonl");
		return Files.readAllLines(this.stored.write(new OcsfReport(), run, List.of(), target).file());
	}

}
