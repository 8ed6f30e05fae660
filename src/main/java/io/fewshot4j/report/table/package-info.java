/** Results as CSV, JSON and rows of tables. */
@NullMarked
package io.fewshot4j.report.table;

import org.jspecify.annotations.NullMarked;
