/** Description of the data at a path. */
@NullMarked
package io.fewshot4j.data.info;

import org.jspecify.annotations.NullMarked;
