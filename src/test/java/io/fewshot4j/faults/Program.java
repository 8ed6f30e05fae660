package io.fewshot4j.faults;

import java.util.List;

/** A way to run a command line of the program. */
interface Program {
    Ran run(List<?> words);
}
