/** Sinusoids to fit. */
@NullMarked
package io.fewshot4j.data.sinusoid;

import org.jspecify.annotations.NullMarked;
