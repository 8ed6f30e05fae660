/** Image folders, one for each class. */
@NullMarked
package io.fewshot4j.data.folder;

import org.jspecify.annotations.NullMarked;
