/**
 * Sources that are HTTP administration APIs: lists are read page by page, and one request
 * switches a key. May use: key, text, http, source, source.definition, source.landing.
 */
@NullMarked
package io.keysteward.source.http;

import org.jspecify.annotations.NullMarked;
