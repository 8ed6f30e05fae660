/** Python pickles that hold plain data: read without running anything. */
@NullMarked
package io.fewshot4j.data.pickle;

import org.jspecify.annotations.NullMarked;
