/** N-way K-shot episodes as a pure function of (seed, index); the only place where bytes become arrays. */
@NullMarked
package io.fewshot4j.episode;

import org.jspecify.annotations.NullMarked;
