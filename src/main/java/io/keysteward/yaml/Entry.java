package io.keysteward.yaml;

/**
 * An entry of a list in a file.
 *
 * @param <T> its content
 * @param line the line that it begins in, from 1
 * @param content its content
 */
public record Entry<T>(int line, T content) {

}
