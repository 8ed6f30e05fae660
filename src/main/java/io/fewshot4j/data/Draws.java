package io.fewshot4j.data;

/** Random numbers that are the same on every machine and Java: SplitMix64 (Steele, Lea and Flood 2014). */
public final class Draws {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    /** A stream of its own for each pair of numbers. */
    public static Draws of(long seed, long stream) {
        return new Draws(mix(mix(seed + STEP) + stream * STEP));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** Evenly between two numbers, the second not included. */
    public double between(double from, double to) {
        state += STEP;
        return from + (to - from) * ((mix(state) >>> 11) * 0x1.0p-53);
    }

    /** A whole number, evenly, both ends included. */
    public int whole(int from, int to) {
        return from + (int) between(0, to - from + 1);
    }

    /** Mean 0 and deviation 1, bell-shaped, never beyond 3. */
    public double bell() {
        return 2 * (between(-0.5, 0.5) + between(-0.5, 0.5) + between(-0.5, 0.5));
    }
}
