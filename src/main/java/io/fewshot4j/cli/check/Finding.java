package io.fewshot4j.cli.check;

/**
 * Something that should be otherwise.
 *
 * @param problem what is wrong: the rule and the value found
 * @param remedy what to do about it
 */
record Finding(Severity severity, String problem, String remedy) {
    /** Severity of a finding. */
    enum Severity {
        /** Nothing works, or training fails before long. */
        BROKEN,
        /** Slower or less safe than it could be. */
        ADVICE
    }
}
