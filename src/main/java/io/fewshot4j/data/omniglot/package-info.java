/** Omniglot and its one-shot runs. */
@NullMarked
package io.fewshot4j.data.omniglot;

import org.jspecify.annotations.NullMarked;
