package io.keysteward.source.http;

import java.time.Duration;
import java.util.Set;

/**
 * A definition's requests that switch keys.
 *
 * @param disable the request that switches a key off
 * @param restore the request that switches a key on again
 * @param hidden the columns of a key's row that are never stored
 * @param effectiveWithin the time that the system may need
 */
record SwitchRequests(RequestFile disable, RequestFile restore, Set<String> hidden, Duration effectiveWithin) {
}
