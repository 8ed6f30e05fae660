/**
 * Flat settings: records to and from {@code kebab-case: value}, one source for flags, presets, checkpoints and reports.
 */
@NullMarked
package io.fewshot4j.options;

import org.jspecify.annotations.NullMarked;
