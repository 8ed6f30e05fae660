/** Progress on a terminal: bars, lines, pace. */
@NullMarked
package io.fewshot4j.report.console;

import org.jspecify.annotations.NullMarked;
