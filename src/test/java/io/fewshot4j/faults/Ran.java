package io.fewshot4j.faults;

import java.util.List;

/** Outcome of a command line; an exit code above 128 is a signal's. */
record Ran(int exit, String out, String err) {
    /** The exit code of a process that did not end in time. */
    static final int HUNG = -1;

    /** Lines of the program's own about what went wrong. */
    List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("fewshot4j: ")).toList();
    }

    /** Lines that say what is to be known of a result. */
    List<String> notes() {
        return err.lines()
                .filter(line ->
                        !line.matches("(computes with|evaluating|training|validation at|classifying|decoding).*"))
                .toList();
    }
}
