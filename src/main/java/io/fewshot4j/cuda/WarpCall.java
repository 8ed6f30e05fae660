package io.fewshot4j.cuda;

import java.util.List;
import java.util.stream.Stream;

/**
 * A function of rows.cu or solve.cu, which a warp computes for each of {@code count} rows or matrices.
 *
 * @param size columns of a row, or of a square matrix
 * @param reads the first arguments
 * @param writes the other arguments
 */
record WarpCall(String function, long count, long size, List<DeviceArray> reads, List<DeviceArray> writes)
        implements Node {
    /** Warps of a block. */
    private static final int WARPS = 4;

    static final int WARP = 32;

    int threads() {
        return WARPS * WARP;
    }

    long blocks() {
        return (count + WARPS - 1) / WARPS;
    }

    Stream<DeviceArray> arguments() {
        return Stream.concat(reads.stream(), writes.stream());
    }
}
