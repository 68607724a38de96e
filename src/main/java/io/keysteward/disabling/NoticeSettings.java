package io.keysteward.disabling;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code keysteward.notices}.
 *
 * @param maxOwners the most owners that one run may warn anew; 0: none
 * @param maxPercent the largest share of a source's active keys that one run may warn of
 * anew, in percent; 0: none
 */
public record NoticeSettings(@DefaultValue("50") int maxOwners, @DefaultValue("10") int maxPercent) {
}
