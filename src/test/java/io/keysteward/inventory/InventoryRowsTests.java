package io.keysteward.inventory;

import java.security.MessageDigest;
import java.util.List;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InventoryRowsTests {

	/** The count of fields, the key's number and the reading's. */
	private static final int BEFORE_RECORD = 2 + 8 + 8;

	private static final int NULL = 4;

	/** Else an upgrade would write each key of each source anew. */
	@Test
	void theHashOfAKeyThatNothingNamesIsTheOneFromBeforeThereWasTheColumn() {
		InventoryRows rows = new InventoryRows(new Reading(1, "s", 1, true));
		Hash hash = rows.add(key(null), 0, false);
		byte[] row = rows.take();
		MessageDigest digest = Sha256.digest();
		digest.update(row, BEFORE_RECORD, row.length - BEFORE_RECORD - NULL);
		assertThat(hash).isEqualTo(Hash.of(digest));
	}

	@Test
	void whatNamesAKeyIsAPartOfItsHash() {
		InventoryRows rows = new InventoryRows(new Reading(1, "s", 1, true));
		assertThat(rows.add(key("a"), 0, false)).isNotEqualTo(rows.add(key("b"), 0, false))
			.isNotEqualTo(rows.add(key(null), 0, false))
			.isEqualTo(rows.add(key("a"), 0, false));
	}

	private static Classification key(@Nullable String referencedBy) {
		KeyRecord key = new KeyRecord(new KeyId("s", "k"), null, null, Project.NONE, Owner.NONE, null, Usage.NEVER_USED,
				null, KeyStatus.DISABLED, null, null, referencedBy, null);
		return new Classification(key, Judgement.NOT_ACTIVE, List.of(), List.of(), null, null, null);
	}

}
