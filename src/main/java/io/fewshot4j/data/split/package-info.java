/** Division of classes into training, validation and test. */
@NullMarked
package io.fewshot4j.data.split;

import org.jspecify.annotations.NullMarked;
