/** Images by class as bytes, and their three splits, without ND4J: the types that all rooms of data share. */
@NullMarked
package io.fewshot4j.data;

import org.jspecify.annotations.NullMarked;
