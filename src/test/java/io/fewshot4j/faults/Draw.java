package io.fewshot4j.faults;

import java.util.List;
import java.util.Random;

/** Choices by random numbers. */
final class Draw {
    private Draw() {}

    static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    static <T> T one(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
