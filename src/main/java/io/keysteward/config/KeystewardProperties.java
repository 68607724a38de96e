package io.keysteward.config;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.disabling.DisableSettings;
import io.keysteward.disabling.NoticeSettings;
import io.keysteward.inventory.InventorySettings;
import io.keysteward.metrics.MetricsSettings;
import io.keysteward.notice.mail.MailSettings;
import io.keysteward.notice.webhook.ChannelSettings;
import io.keysteward.policy.ExemptionSettings;
import io.keysteward.policy.PolicySettings;
import io.keysteward.report.ReportSettings;
import io.keysteward.source.SourceSettings;
import io.keysteward.source.landing.LandingSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code keysteward}; an unknown property is refused.
 *
 * @param configDirectory where {@code sources/} is
 * @param drivers the folder with the drivers of foreign databases; null: {@code drivers}
 * next to the configuration directory
 * @param sources the systems whose keys are governed
 * @param landing where rows that are not in PostgreSQL become temporary tables
 * @param policy what counts as idle, unnamed, orphaned and aged
 * @param inventory what inventories keep, and how long they are kept
 * @param report where reports go, in which formats, and when sheets roll over
 * @param mail who gets the governance mail, and whether owners are warned
 * @param channels where else than by mail people are informed
 * @param notices how many owners may be warned at once, and further reminders
 * @param disable whether and when keys may be disabled
 * @param exemptions how long an exemption may last
 * @param metrics where the figures of each run are pushed to
 */
@ConfigurationProperties(prefix = "keysteward", ignoreUnknownFields = false)
public record KeystewardProperties(@DefaultValue("config") Path configDirectory, @Nullable Path drivers,
		@DefaultValue List<SourceSettings> sources, @DefaultValue LandingSettings landing,
		@DefaultValue PolicySettings policy, @DefaultValue InventorySettings inventory,
		@DefaultValue ReportSettings report, @DefaultValue MailSettings mail,
		@DefaultValue List<ChannelSettings> channels, @DefaultValue NoticeSettings notices,
		@DefaultValue DisableSettings disable, @DefaultValue ExemptionSettings exemptions,
		@DefaultValue MetricsSettings metrics) {
}
