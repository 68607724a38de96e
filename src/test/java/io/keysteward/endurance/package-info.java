/**
 * Campaigns against the packaged jar as a process of its own: killed, stopped, started
 * twice. The short form runs with every build, the full one with {@code -Pendurance}.
 */
@NullMarked
package io.keysteward.endurance;

import org.jspecify.annotations.NullMarked;
