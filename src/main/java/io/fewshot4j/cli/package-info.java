/** The command line: flags, standard output, exit codes. */
@NullMarked
package io.fewshot4j.cli;

import org.jspecify.annotations.NullMarked;
