package io.keysteward.source.landing;

import io.keysteward.source.SourceSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything under {@code keysteward.landing}: where rows from outside PostgreSQL become
 * temporary tables.
 *
 * @param datasource the database, and a role that may only connect and make temporary
 * tables; null: nothing can be landed
 * @param maxSize the most that one reading of a source may land
 */
public record LandingSettings(SourceSettings.@Nullable Datasource datasource, @DefaultValue("4GB") DataSize maxSize) {
}
