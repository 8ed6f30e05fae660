/** Atomic save and load of a run: parameters, optimiser, settings, iteration, data fingerprint. */
@NullMarked
package io.fewshot4j.checkpoint;

import org.jspecify.annotations.NullMarked;
