package io.keysteward.config;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.disabling.DisableSettings;
import io.keysteward.disabling.NoticeSettings;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.metrics.MetricsSettings;
import io.keysteward.notice.mail.MailSettings;
import io.keysteward.policy.ExemptionSettings;
import io.keysteward.policy.PolicySettings;
import io.keysteward.report.ReportSettings;
import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything under {@code keysteward}; an unknown property is refused.
 *
 * @param configDirectory where {@code sources/} is; null: {@code config}
 * @param sources the systems whose keys are governed
 * @param policy what counts as idle, unnamed, orphaned and aged
 * @param inventory what inventories keep, and how long they are kept
 * @param report where reports go, in which formats, and when sheets roll over
 * @param mail who gets the governance mail, and whether owners are warned
 * @param notices how many owners may be warned at once
 * @param disable whether and when keys may be disabled
 * @param exemptions how long an exemption may last
 * @param metrics where the figures of each run are pushed to
 */
@ConfigurationProperties(prefix = "keysteward", ignoreUnknownFields = false)
public record KeystewardProperties(@Nullable Path configDirectory, @Nullable List<SourceSettings> sources,
		@Nullable PolicySettings policy, @Nullable InventorySettings inventory, @Nullable ReportSettings report,
		@Nullable MailSettings mail, @Nullable NoticeSettings notices, @Nullable DisableSettings disable,
		@Nullable ExemptionSettings exemptions, @Nullable MetricsSettings metrics) {

}
