/** Learners that keep what they have seen in a memory. */
@NullMarked
package io.fewshot4j.learner.memory;

import org.jspecify.annotations.NullMarked;
