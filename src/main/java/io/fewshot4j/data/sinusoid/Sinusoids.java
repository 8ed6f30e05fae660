package io.fewshot4j.data.sinusoid;

import io.fewshot4j.data.Draws;
import java.util.stream.DoubleStream;

/**
 * The regression tasks of <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a>, section 5.1, a pure function
 * of (seed, index): amplitude evenly in 0.1 to 5, phase in 0 to pi, inputs in -5 to 5.
 *
 * @param shot support points of a task
 * @param query its query points
 * @param supportFrom the least input of a support point: -5, or more for points on one side only
 */
public record Sinusoids(int shot, int query, long seed, double supportFrom) {
    /** Inputs lie from here. */
    public static final double LEAST = -5;
    /** Inputs lie up to here. */
    public static final double MOST = 5;
    /** Functions and inputs in words. */
    public static final String FINGERPRINT = "sinusoids: amplitude 0.1 to 5, phase 0 to pi, inputs -5 to 5";

    /** Support points on the whole range. */
    public Sinusoids(int shot, int query, long seed) {
        this(shot, query, seed, LEAST);
    }

    /** The task of an index. */
    public SinusoidTask task(long index) {
        Draws draws = Draws.of(seed, index);
        Sinusoid function = new Sinusoid(draws.between(0.1, 5), draws.between(0, Math.PI));
        return new SinusoidTask(
                function, points(draws, function, shot, supportFrom), points(draws, function, query, LEAST));
    }

    private static Points points(Draws draws, Sinusoid function, int count, double from) {
        return Points.on(
                function::at,
                DoubleStream.generate(() -> draws.between(from, MOST)).limit(count));
    }
}
