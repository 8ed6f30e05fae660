/** Devices: which one computes and why another cannot, found out before ND4J is touched. */
@NullMarked
package io.fewshot4j.backend;

import org.jspecify.annotations.NullMarked;
