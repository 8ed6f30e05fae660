package io.fewshot4j.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** Contiguous indices that one partition computes, from one (included) to another (excluded). */
record Share(int from, int to) implements Serializable {
    /** Equal shares of some indices, one for each partition that gets any. */
    static List<Share> of(int count, int partitions) {
        int shares = Math.max(1, Math.min(count, partitions));
        return IntStream.range(0, shares)
                .mapToObj(i -> new Share(
                        Math.toIntExact((long) count * i / shares), Math.toIntExact((long) count * (i + 1) / shares)))
                .toList();
    }
}
