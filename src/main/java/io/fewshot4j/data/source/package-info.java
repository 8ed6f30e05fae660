/** Files in a folder or a zip archive. */
@NullMarked
package io.fewshot4j.data.source;

import org.jspecify.annotations.NullMarked;
