/** Searches over settings: which trials there are, and which of them go on. */
@NullMarked
package io.fewshot4j.sweep;

import org.jspecify.annotations.NullMarked;
