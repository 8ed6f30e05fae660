@NullMarked
package io.fewshot4j.spark;

import org.jspecify.annotations.NullMarked;
