/** Image files to pixels of one shape. */
@NullMarked
package io.fewshot4j.data.image;

import org.jspecify.annotations.NullMarked;
