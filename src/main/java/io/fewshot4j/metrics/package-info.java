/** Mean and 95 % interval; heap only. */
@NullMarked
package io.fewshot4j.metrics;

import org.jspecify.annotations.NullMarked;
