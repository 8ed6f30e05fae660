/** Learners that adapt by gradient steps. */
@NullMarked
package io.fewshot4j.learner.gradient;

import org.jspecify.annotations.NullMarked;
