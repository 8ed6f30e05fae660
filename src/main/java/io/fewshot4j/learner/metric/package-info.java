/** Learners that compare embeddings. */
@NullMarked
package io.fewshot4j.learner.metric;

import org.jspecify.annotations.NullMarked;
