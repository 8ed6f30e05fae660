/** Off-heap arrays and who owns them: scopes, flat parameter vectors, npz files. */
@NullMarked
package io.fewshot4j.tensor;

import org.jspecify.annotations.NullMarked;
