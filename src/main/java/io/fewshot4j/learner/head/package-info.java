/** Classifiers on features that stay as they are, of any trained network. */
@NullMarked
package io.fewshot4j.learner.head;

import org.jspecify.annotations.NullMarked;
