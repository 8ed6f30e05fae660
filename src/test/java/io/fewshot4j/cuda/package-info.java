/** Tests of plans on GPUs, by a driver that computes on the processor. */
@NullMarked
package io.fewshot4j.cuda;

import org.jspecify.annotations.NullMarked;
