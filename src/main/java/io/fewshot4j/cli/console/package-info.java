/** Flags and printing, as all commands share them. */
@NullMarked
package io.fewshot4j.cli.console;

import org.jspecify.annotations.NullMarked;
