/** Training and tests on Apache Spark; the only package that knows of it, and no other package knows of this one. */
@NullMarked
package io.fewshot4j.spark;

import org.jspecify.annotations.NullMarked;
