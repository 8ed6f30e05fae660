/** Methods that learn a function from a few of its points. */
@NullMarked
package io.fewshot4j.learner.regression;

import org.jspecify.annotations.NullMarked;
