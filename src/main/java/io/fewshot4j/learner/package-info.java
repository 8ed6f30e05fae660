/** The contract of a few-shot algorithm, and its result types. */
@NullMarked
package io.fewshot4j.learner;

import org.jspecify.annotations.NullMarked;
