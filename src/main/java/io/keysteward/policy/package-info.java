/**
 * The written policy: thresholds, presets, overrides, exemptions, and the judgement of
 * one key by all rules. May use: key, text, yaml.
 */
@NullMarked
package io.keysteward.policy;

import org.jspecify.annotations.NullMarked;
