package io.keysteward.cli;

import java.util.List;

import io.keysteward.insight.FoundKey;
import io.keysteward.report.json.Field;

/**
 * A key of an inventory as programs read it.
 */
final class FoundKeyFields {

	static final List<Field<FoundKey>> FIELDS = List.of(new Field<>("source", FoundKey::source),
			new Field<>("key_id", FoundKey::keyId), new Field<>("name", FoundKey::name),
			new Field<>("masked_key", FoundKey::maskedKey), new Field<>("project_id", FoundKey::projectId),
			new Field<>("project_name", FoundKey::projectName), new Field<>("owner_id", FoundKey::ownerId),
			new Field<>("owner_name", FoundKey::ownerName), new Field<>("owner_email", FoundKey::ownerEmail),
			new Field<>("status", FoundKey::status), new Field<>("kind", FoundKey::kind),
			new Field<>("judgement", FoundKey::judgement), new Field<>("created_at", FoundKey::createdAt),
			new Field<>("last_used", (key) -> key.lastUse().shown()), new Field<>("idle_days", FoundKey::idleDays),
			new Field<>("last_denied_at", FoundKey::lastDeniedAt), new Field<>("referenced_by", FoundKey::referencedBy),
			new Field<>("findings", FoundKey::findings), new Field<>("reasons", FoundKey::reasons),
			new Field<>("exempted_by", FoundKey::exemptedBy), new Field<>("data_error", FoundKey::dataError),
			new Field<>("closed_gates", FoundKey::closedGates), new Field<>("due_at", FoundKey::dueAt));

	private FoundKeyFields() {
	}

}
