/** What computes: chosen, and asked why it cannot, before ND4J is touched. */
@NullMarked
package io.fewshot4j.backend;

import org.jspecify.annotations.NullMarked;
