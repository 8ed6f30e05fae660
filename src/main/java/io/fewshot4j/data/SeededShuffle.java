package io.fewshot4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A shuffle that is the same on every machine: Fisher-Yates from the end, on {@link Random}, whose numbers are
 * specified.
 */
public final class SeededShuffle {
    private SeededShuffle() {}

    public static <T> List<T> of(List<T> values, long seed) {
        List<T> shuffled = new ArrayList<>(values);
        Random random = new Random(seed);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            T kept = shuffled.get(last);
            shuffled.set(last, shuffled.get(other));
            shuffled.set(other, kept);
        }
        return shuffled;
    }
}
