package io.keysteward.source.http;

import java.time.Instant;

import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyStateTests {

	/** Undos of earlier versions have the hash of this text. */
	@Test
	void theHashOfWhatLastsIsTheOneThatStoredUndosHave() {
		KeyRecord key = new KeyRecord(new KeyId("s", "k"), "a name", null, new Project("p", "P", ProjectState.OK),
				new Owner("o", null, "o@example.com", OwnerState.OK), Instant.parse("2026-01-01T00:00:00Z"),
				Usage.NEVER_USED, Instant.parse("2027-01-01T00:00:00Z"), null, "team",
				Instant.parse("2026-11-01T00:00:00Z"), "pipeline", null);
		assertThat(KeyState.lasting(key)).isEqualTo(Sha256
			.of("KeyRecord[id=s/k, name=a name, maskedKey=null, project=Project[id=p, name=P, state=OK],"
					+ " owner=Owner[id=o, name=null, email=o@example.com, state=OK], createdAt=2026-01-01T00:00:00Z,"
					+ " usage=Usage[state=UNKNOWN, lastUsedAt=null], expiresAt=null, status=null, kind=team, dataError=null]"));
	}

}
