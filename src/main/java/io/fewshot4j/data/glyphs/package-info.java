/** Characters drawn from a seed. */
@NullMarked
package io.fewshot4j.data.glyphs;

import org.jspecify.annotations.NullMarked;
