package io.fewshot4j.episode;

/**
 * A stream of random numbers for one episode, the same on any machine and Java version: SplitMix64 (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) started at mix(mix(seed) + index).
 */
public final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** The stream of an index. */
    public SplitMix(long seed, long index) {
        state = mix(mix(seed + GOLDEN_GAMMA) + index);
    }

    /** The next 64 bits. */
    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Each of 0 to {@code bound - 1} with equal chance. */
    int next(int bound) {
        long bits = next() >>> 1;
        int value = (int) (bits % bound);
        while (bits - value + (bound - 1) < 0) { // beyond the largest multiple of bound
            bits = next() >>> 1;
            value = (int) (bits % bound);
        }
        return value;
    }

    /** Evenly from {@code low} (included) to {@code high} (excluded). */
    double between(double low, double high) {
        return low + (high - low) * ((next() >>> 11) * 0x1.0p-53);
    }

    /**
     * {@code count} different numbers of 0 to {@code bound - 1} in random order: the start of a Fisher-Yates shuffle.
     */
    public int[] choose(int count, int bound) {
        int[] all = new int[bound];
        for (int i = 0; i < bound; i++) {
            all[i] = i;
        }
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int pick = i + next(bound - i);
            chosen[i] = all[pick];
            all[pick] = all[i];
        }
        return chosen;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
