/**
 * Training in a run folder as commands share it: its data, clock and curve, the answer to Ctrl-C, and the scores of a
 * trained model.
 */
@NullMarked
package io.fewshot4j.cli.run;

import org.jspecify.annotations.NullMarked;
