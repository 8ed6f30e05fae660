package io.fewshot4j.options;

import java.util.List;

/** A settings record with a component of every type. */
public record Sample(
        @Describe("Classes of an episode, at least 2") int way,
        @Describe("Step size of the inner loop, above 0") double innerLearningRate,
        long seed,
        boolean clipped,
        String note,
        Pooling pooling,
        List<Integer> rotations,
        List<Double> rates) {
    static final Sample DEFAULTS =
            new Sample(5, 0.4, 1, false, "none", Pooling.STRIDE, List.of(0, 90), List.of(0.5, 1e-4));

    public Sample {
        rotations = List.copyOf(rotations);
        rates = List.copyOf(rates);
        if (way < 2) {
            throw new IllegalArgumentException("way must be at least 2, got " + way);
        }
        if (!(innerLearningRate > 0)) {
            throw new IllegalArgumentException("innerLearningRate must be above 0, got " + innerLearningRate);
        }
        if (rotations.isEmpty()) {
            throw new IllegalArgumentException("an empty list is of no use");
        }
        if (seed < 0) {
            throw new ArithmeticException("a fault of the program");
        }
    }

    enum Pooling {
        STRIDE,
        MAX_POOL
    }
}
