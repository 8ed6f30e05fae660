/** Plans, which programs are compiled into, and the executor that runs them. */
@NullMarked
package io.fewshot4j.graph.runtime;

import org.jspecify.annotations.NullMarked;
