package io.keysteward.source;

/**
 * A file that keys were read from.
 *
 * @param name its name, without its folder
 * @param sha256 of its bytes, in hex
 */
public record ReadFile(String name, String sha256) {
}
