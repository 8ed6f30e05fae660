/** Networks in DeepLearning4J's words, for those who take a trained one elsewhere. */
@NullMarked
package io.fewshot4j.nn.export;

import org.jspecify.annotations.NullMarked;
