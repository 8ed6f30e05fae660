package io.fewshot4j.data.sinusoid;

/** A function to learn from its support points and to be tested on at its query points. */
public record SinusoidTask(Sinusoid function, Points support, Points query) {
    /** Inputs of a network that is told the function: x, amplitude and phase. */
    public static final int ORACLE_INPUTS = 3;

    /** This task with other queries. */
    public SinusoidTask withQuery(Points other) {
        return new SinusoidTask(function, support, other);
    }
}
