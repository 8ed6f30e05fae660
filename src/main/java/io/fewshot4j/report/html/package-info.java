/** Results as pages with charts. */
@NullMarked
package io.fewshot4j.report.html;

import org.jspecify.annotations.NullMarked;
