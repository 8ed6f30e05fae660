package io.fewshot4j.graph.runtime;

import java.util.Map;
import java.util.TreeMap;

/**
 * Places blocks in one buffer at plan time: best fit among the free ones, neighbours joined, 64-byte aligned for 4-byte
 * entries.
 */
final class Arena {
    private static final long ALIGNMENT = 16;

    private final TreeMap<Long, Long> free = new TreeMap<>();
    private long size;

    /** The entry at which {@code length} entries can lie. */
    long take(long length) {
        long need = aligned(length);
        Map.Entry<Long, Long> best = null;
        for (Map.Entry<Long, Long> block : free.entrySet()) {
            if (block.getValue() >= need && (best == null || block.getValue() < best.getValue())) {
                best = block;
            }
        }
        if (best == null) {
            return append(need);
        }
        long offset = best.getKey();
        long rest = best.getValue() - need;
        free.remove(offset);
        if (rest > 0) {
            free.put(offset + need, rest);
        }
        return offset;
    }

    /** A block that ends the buffer: a free one at its end grows. */
    private long append(long need) {
        Map.Entry<Long, Long> last = free.lastEntry();
        long offset = last != null && last.getKey() + last.getValue() == size ? last.getKey() : size;
        free.remove(offset);
        size = offset + need;
        return offset;
    }

    /** Gives a block back. */
    void give(long offset, long length) {
        long start = offset;
        long extent = aligned(length);
        Map.Entry<Long, Long> before = free.lowerEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            start = before.getKey();
            extent += before.getValue();
        }
        Long after = free.remove(offset + aligned(length));
        free.put(start, after == null ? extent : extent + after);
    }

    /** Entries of the whole buffer. */
    long size() {
        return size;
    }

    private static long aligned(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
