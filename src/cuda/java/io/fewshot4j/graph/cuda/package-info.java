/** Operations that builds for CUDA run in another way than ND4J does. */
@NullMarked
package io.fewshot4j.graph.cuda;

import org.jspecify.annotations.NullMarked;
