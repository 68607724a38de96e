package io.keysteward.report.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published schema of the JSON report.
 */
public final class ReportSchema {

	private static final Path FILE = Path.of("docs/report.schema.json");

	private static final Schema CLOSED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(closed(read(FILE)));

	private ReportSchema() {
	}

	/**
	 * {@return what of a document does not fit, or is not published}
	 */
	public static List<String> faults(Path document) throws IOException {
		return faults(Files.readString(document));
	}

	static List<String> faults(String document) {
		return CLOSED.validate(document, InputFormat.JSON).stream().map(Object::toString).toList();
	}

	static JsonNode read(Path document) {
		return JsonMapper.shared().readTree(document);
	}

	/** Readers ignore what they do not know; we publish all that we write. */
	private static JsonNode closed(JsonNode schema) {
		if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
			object.put("additionalProperties", false);
		}
		schema.forEach(ReportSchema::closed);
		return schema;
	}

}
