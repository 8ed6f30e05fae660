/** The one training loop, the evaluator, and their events. */
@NullMarked
package io.fewshot4j.training;

import org.jspecify.annotations.NullMarked;
