/** The commands that check the program and the machine: doctor, smoke, gradcheck, gradients, verify, bench. */
@NullMarked
package io.fewshot4j.cli.check;

import org.jspecify.annotations.NullMarked;
