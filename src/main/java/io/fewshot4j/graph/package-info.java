/**
 * SameDiff graphs closed under differentiation: operations with rules, gradients of any order, the compiled executor,
 * networks.
 */
@NullMarked
package io.fewshot4j.graph;

import org.jspecify.annotations.NullMarked;
