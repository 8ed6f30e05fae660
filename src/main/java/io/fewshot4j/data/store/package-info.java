/** Decoded images: packed files, their cache, and data sets over them. */
@NullMarked
package io.fewshot4j.data.store;

import org.jspecify.annotations.NullMarked;
