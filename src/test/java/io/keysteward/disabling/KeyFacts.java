package io.keysteward.disabling;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key as the tables of its source have it.
 *
 * @param ref which key
 * @param projectLost whether its project is gone or deleted
 * @param ownerLost whether its owner is gone or disabled
 * @param nullIsUnknown whether a last use of null says nothing
 * @param denied when somebody last tried it and was refused
 * @param named whether something else names it
 */
record KeyFacts(Ref ref, String kind, String status, @Nullable String project, boolean projectLost,
		@Nullable String owner, boolean ownerLost, @Nullable String email, Instant created, @Nullable Instant used,
		@Nullable Instant expires, boolean nullIsUnknown, @Nullable Instant denied, boolean named) {

	boolean unknown() {
		return this.used == null && this.nullIsUnknown;
	}

	boolean activeAt(Instant asOf) {
		return this.status.equals("active") && (this.expires == null || this.expires.isAfter(asOf));
	}

	KeyFacts usedAt(Instant newest) {
		return new KeyFacts(this.ref, this.kind, this.status, this.project, this.projectLost, this.owner,
				this.ownerLost, this.email, this.created, newest, this.expires, this.nullIsUnknown, this.denied,
				this.named);
	}

	Instant unusedSince() {
		return (this.used != null && this.used.isAfter(this.created)) ? this.used : this.created;
	}

	/**
	 * {@return the same key, of which a use is known that its source has forgotten}
	 */
	KeyFacts knownToBeUsed(@Nullable Instant at) {
		boolean newer = at != null && (this.used == null || at.isAfter(this.used));
		return newer ? new KeyFacts(this.ref, this.kind, this.status, this.project, this.projectLost, this.owner,
				this.ownerLost, this.email, this.created, at, this.expires, this.nullIsUnknown, this.denied, this.named)
				: this;
	}

	/**
	 * A key's identity.
	 */
	record Ref(String source, String key) implements Comparable<Ref> {

		@Override
		public int compareTo(Ref other) {
			return toString().compareTo(other.toString());
		}

		@Override
		public String toString() {
			return this.source + "/" + this.key;
		}

	}

}
