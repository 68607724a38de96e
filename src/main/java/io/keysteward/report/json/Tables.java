package io.keysteward.report.json;

import java.util.List;

import io.keysteward.insight.DataError;
import io.keysteward.insight.DisableRow;
import io.keysteward.insight.ExemptionRow;
import io.keysteward.insight.FlaggedKey;
import io.keysteward.insight.InventoryKey;
import io.keysteward.insight.KeyChange;
import io.keysteward.insight.PolicyLine;
import io.keysteward.insight.ProjectRow;
import io.keysteward.insight.StoredDecision;

/**
 * The fields of each table's rows, under the names that {@code docs/report.schema.json}
 * publishes.
 */
final class Tables {

	static final List<Field<FlaggedKey>> FINDINGS = List.of(new Field<>("source", FlaggedKey::source),
			new Field<>("key_id", FlaggedKey::keyId), new Field<>("name", FlaggedKey::name),
			new Field<>("masked_key", FlaggedKey::maskedKey), new Field<>("project", FlaggedKey::project),
			new Field<>("project_id", FlaggedKey::projectId), new Field<>("owner", FlaggedKey::owner),
			new Field<>("owner_email", FlaggedKey::ownerEmail), new Field<>("created_at", FlaggedKey::createdAt),
			new Field<>("last_used_at", (key) -> key.lastUse().at()),
			new Field<>("last_used_text", (key) -> key.lastUse().words()),
			new Field<>("idle_days", FlaggedKey::idleDays), new Field<>("last_denied_at", FlaggedKey::lastDeniedAt),
			new Field<>("referenced_by", FlaggedKey::referencedBy), new Field<>("findings", FlaggedKey::findings),
			new Field<>("level", FlaggedKey::level), new Field<>("reasons", FlaggedKey::reasons),
			new Field<>("first_seen_at", FlaggedKey::firstSeen), new Field<>("next_step", (key) -> key.next().what()),
			new Field<>("next_step_at", (key) -> key.next().when()));

	static final List<Field<DisableRow>> ACTIONS = List.of(new Field<>("state", DisableRow::state),
			new Field<>("action", (row) -> row.state().words()), new Field<>("source", DisableRow::source),
			new Field<>("key_id", DisableRow::keyId), new Field<>("name", DisableRow::name),
			new Field<>("masked_key", DisableRow::maskedKey), new Field<>("project", DisableRow::project),
			new Field<>("owner", DisableRow::owner), new Field<>("held_by", DisableRow::heldBy),
			new Field<>("closed_gates", DisableRow::closedGates), new Field<>("why", DisableRow::why),
			new Field<>("due_at", DisableRow::dueAt), new Field<>("warned_at", DisableRow::warnedAt),
			new Field<>("final_notice_at", DisableRow::finalAt), new Field<>("notices", DisableRow::notices),
			new Field<>("idle_days", DisableRow::idleDays), new Field<>("last_used_at", (row) -> row.lastUse().at()),
			new Field<>("last_used_text", (row) -> row.lastUse().words()), new Field<>("done_at", DisableRow::doneAt),
			new Field<>("undo", DisableRow::undo));

	static final List<Field<KeyChange>> CHANGES = List.of(new Field<>("change", KeyChange::change),
			new Field<>("source", KeyChange::source), new Field<>("key_id", KeyChange::keyId),
			new Field<>("name", KeyChange::name), new Field<>("project", KeyChange::project),
			new Field<>("rule", KeyChange::rule), new Field<>("level", KeyChange::level),
			new Field<>("why", KeyChange::why), new Field<>("since", KeyChange::since));

	static final List<Field<ProjectRow>> PROJECTS = List.of(new Field<>("source", ProjectRow::source),
			new Field<>("project_id", ProjectRow::projectId), new Field<>("name", ProjectRow::name),
			new Field<>("state", ProjectRow::state), new Field<>("keys", ofAll((all) -> all.keys())),
			new Field<>("active", ofAll((all) -> all.active())), new Field<>("idle", (row) -> row.findings().idle()),
			new Field<>("unnamed", (row) -> row.findings().unnamed()),
			new Field<>("orphaned", (row) -> row.findings().orphaned()),
			new Field<>("aged", (row) -> row.findings().aged()),
			new Field<>("never_used", ofAll((all) -> all.neverUsed())),
			new Field<>("oldest_key_at", ofAll((all) -> all.oldest())),
			new Field<>("last_used_at", ofAll((all) -> all.lastUse())),
			new Field<>("names_used_twice", ofAll((all) -> all.namesTwice())),
			new Field<>("limit", ofAll((all) -> all.limitNumber())),
			new Field<>("over_limit", ofAll((all) -> all.overLimit())));

	static final List<Field<InventoryKey>> KEYS = List.of(new Field<>("source", InventoryKey::source),
			new Field<>("key_id", InventoryKey::keyId), new Field<>("name", InventoryKey::name),
			new Field<>("masked_key", InventoryKey::maskedKey), new Field<>("project_id", InventoryKey::projectId),
			new Field<>("project_name", InventoryKey::projectName),
			new Field<>("project_state", InventoryKey::projectState), new Field<>("owner_id", InventoryKey::ownerId),
			new Field<>("owner_name", InventoryKey::ownerName), new Field<>("owner_email", InventoryKey::ownerEmail),
			new Field<>("owner_state", InventoryKey::ownerState), new Field<>("created_at", InventoryKey::createdAt),
			new Field<>("last_used_at", InventoryKey::lastUsedAt), new Field<>("usage", InventoryKey::usage),
			new Field<>("expires_at", InventoryKey::expiresAt), new Field<>("status", InventoryKey::status),
			new Field<>("kind", InventoryKey::kind), new Field<>("last_denied_at", InventoryKey::lastDeniedAt),
			new Field<>("referenced_by", InventoryKey::referencedBy), new Field<>("judgement", InventoryKey::judgement),
			new Field<>("idle_days", InventoryKey::idleDays), new Field<>("findings", InventoryKey::findings),
			new Field<>("level", InventoryKey::level), new Field<>("exemption", InventoryKey::exemption));

	static final List<Field<StoredDecision>> DECISIONS = List.of(new Field<>("number", StoredDecision::number),
			new Field<>("source", StoredDecision::source), new Field<>("key_id", StoredDecision::keyId),
			new Field<>("decision", StoredDecision::decision), new Field<>("until", StoredDecision::until),
			new Field<>("new_owner", StoredDecision::newOwner), new Field<>("reason", StoredDecision::reason),
			new Field<>("decided_by", StoredDecision::decidedBy), new Field<>("state", StoredDecision::state),
			new Field<>("state_since", StoredDecision::stateAt), new Field<>("applied_by", StoredDecision::appliedBy),
			new Field<>("applied", StoredDecision::appliedAt), new Field<>("file", StoredDecision::file),
			new Field<>("sha_256_of_the_file", StoredDecision::sha256),
			new Field<>("run_of_the_file", StoredDecision::runKey), new Field<>("as_of", StoredDecision::asOf),
			new Field<>("sha_256_of_its_policy", StoredDecision::policySha256),
			new Field<>("flagged_keys_of_that_run", StoredDecision::population),
			new Field<>("undecided_then", StoredDecision::undecided));

	static final List<Field<ExemptionRow>> EXEMPTIONS = List.of(new Field<>("id", ExemptionRow::id),
			new Field<>("state", ExemptionRow::state), new Field<>("covers", ExemptionRow::covers),
			new Field<>("rules", ExemptionRow::rules), new Field<>("reason", ExemptionRow::reason),
			new Field<>("approver", ExemptionRow::approver), new Field<>("ticket", ExemptionRow::ticket),
			new Field<>("expires_at", ExemptionRow::expiresAt), new Field<>("protects_keys", ExemptionRow::keys),
			new Field<>("past_the_threshold_that_day", ExemptionRow::past));

	static final List<Field<DataError>> DATA_ERRORS = List.of(new Field<>("source", DataError::source),
			new Field<>("key_id", DataError::keyId), new Field<>("name", DataError::name),
			new Field<>("project", DataError::project), new Field<>("what_is_wrong", DataError::fault));

	static final List<Field<PolicyLine>> POLICY = List.of(new Field<>("part", PolicyLine::part),
			new Field<>("name", PolicyLine::name), new Field<>("applies_to", PolicyLine::scope),
			new Field<>("value", PolicyLine::value), new Field<>("supports", PolicyLine::supports));

	private Tables() {
	}

	private static Field.Value<ProjectRow> ofAll(Field.Value<ProjectRow.AllKeys> value) {
		return (row) -> value.get(row.all());
	}

}
