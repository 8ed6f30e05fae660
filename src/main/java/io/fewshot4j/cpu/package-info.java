/** Matrix products and convolutions of float arrays in the processor's memory, by OpenBLAS. */
@NullMarked
package io.fewshot4j.cpu;

import org.jspecify.annotations.NullMarked;
