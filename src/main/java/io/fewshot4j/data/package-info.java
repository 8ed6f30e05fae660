/** Images by class as bytes, without ND4J: data sets, splits, the packed cache. */
@NullMarked
package io.fewshot4j.data;

import org.jspecify.annotations.NullMarked;
