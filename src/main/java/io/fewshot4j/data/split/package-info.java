/** Which class trains, validates and tests. */
@NullMarked
package io.fewshot4j.data.split;

import org.jspecify.annotations.NullMarked;
