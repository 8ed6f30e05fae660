/** fewshot4j: few-shot image classification on DeepLearning4J and ND4J. */
@NullMarked
package io.fewshot4j;

import org.jspecify.annotations.NullMarked;
