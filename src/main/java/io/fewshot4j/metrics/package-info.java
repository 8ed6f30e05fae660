/** Accuracy, mean and 95 % interval, confusion; heap only. */
@NullMarked
package io.fewshot4j.metrics;

import org.jspecify.annotations.NullMarked;
