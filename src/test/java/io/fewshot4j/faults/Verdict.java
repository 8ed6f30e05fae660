package io.fewshot4j.faults;

/**
 * Outcome of one try.
 *
 * @param what was done, so that a reader can do it again
 * @param detail what the program said, or in what its result differs
 */
record Verdict(Finding finding, String what, String detail) {
    /** Joins the verdicts of two parts of a try. */
    static Verdict worse(Verdict one, Verdict other) {
        return one.finding().compareTo(other.finding()) >= 0 ? one : other;
    }
}
