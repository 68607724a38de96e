package io.keysteward.yaml;

/**
 * An entry of a list in a file.
 *
 * @param <T> what it holds
 * @param line the line that it begins in, from 1
 * @param content what it holds
 */
public record Entry<T>(int line, T content) {

}
