package io.fewshot4j.data.image;

/** Pillow's anti-aliased Lanczos resampling in its own fixed point, so that results agree bit for bit. */
final class Lanczos {
    private static final double LOBES = 3;
    private static final int PRECISION = 22;

    private Lanczos() {}

    /**
     * Resamples the middle axis of [outer, from, inner] bytes.
     *
     * @return [outer, to, inner]
     */
    static byte[] rows(byte[] source, int outer, int from, int to, int inner) {
        byte[] target = new byte[outer * to * inner];
        for (int i = 0; i < to; i++) {
            int first = first(from, to, i);
            int[] weights = weights(from, to, i, first);
            for (int o = 0; o < outer; o++) {
                for (int c = 0; c < inner; c++) {
                    int sum = 1 << (PRECISION - 1);
                    for (int k = 0; k < weights.length; k++) {
                        sum += (source[(o * from + first + k) * inner + c] & 255) * weights[k];
                    }
                    target[(o * to + i) * inner + c] = (byte) Math.max(0, Math.min(255, sum >> PRECISION));
                }
            }
        }
        return target;
    }

    private static double scale(int from, int to) {
        return (double) from / to;
    }

    /** Reach of the filter, in source pixels. */
    private static double reach(int from, int to) {
        return LOBES * Math.max(1, scale(from, to));
    }

    private static double centre(int from, int to, int i) {
        return (i + 0.5) * scale(from, to);
    }

    private static int first(int from, int to, int i) {
        return Math.max(0, (int) (centre(from, to, i) - reach(from, to) + 0.5));
    }

    private static int[] weights(int from, int to, int i, int first) {
        double centre = centre(from, to, i);
        int end = Math.min(from, (int) (centre + reach(from, to) + 0.5));
        double squeeze = 1 / Math.max(1, scale(from, to));
        double[] exact = new double[end - first];
        double total = 0;
        for (int k = 0; k < exact.length; k++) {
            exact[k] = lanczos((k + first - centre + 0.5) * squeeze);
            total += exact[k];
        }
        int[] weights = new int[exact.length];
        for (int k = 0; k < exact.length; k++) {
            double weight = exact[k] / total * (1 << PRECISION);
            weights[k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
        }
        return weights;
    }

    private static double lanczos(double x) {
        return x < -LOBES || x >= LOBES ? 0 : sinc(x) * sinc(x / LOBES);
    }

    private static double sinc(double x) {
        // StrictMath: the same bits on every machine
        return x == 0 ? 1 : StrictMath.sin(x * Math.PI) / (x * Math.PI);
    }
}
