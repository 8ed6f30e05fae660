package io.fewshot4j.data.sinusoid;

/** A function to learn from its support points and to be tested on at its query points. */
public record SinusoidTask(Sinusoid function, Points support, Points query) {
    /** The same with other queries. */
    public SinusoidTask withQuery(Points other) {
        return new SinusoidTask(function, support, other);
    }
}
