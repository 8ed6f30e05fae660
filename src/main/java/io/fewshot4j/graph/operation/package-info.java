/** Operations that graphs are emitted in and plans are made of. */
@NullMarked
package io.fewshot4j.graph.operation;

import org.jspecify.annotations.NullMarked;
