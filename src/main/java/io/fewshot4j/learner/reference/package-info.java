/** One MAML episode from arrays, to be compared with another implementation. */
@NullMarked
package io.fewshot4j.learner.reference;

import org.jspecify.annotations.NullMarked;
