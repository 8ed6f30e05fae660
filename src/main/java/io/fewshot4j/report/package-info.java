/** Events to console progress, CSV, JSON and one self-contained HTML page; heap only. */
@NullMarked
package io.fewshot4j.report;

import org.jspecify.annotations.NullMarked;
