/** The one place that names concrete learners, data sets and presets. */
@NullMarked
package io.fewshot4j.catalog;

import org.jspecify.annotations.NullMarked;
