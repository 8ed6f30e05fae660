/** Programs that teach the library; the tests run them. */
@NullMarked
package io.fewshot4j.examples;

import org.jspecify.annotations.NullMarked;
