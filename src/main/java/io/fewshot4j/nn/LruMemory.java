package io.fewshot4j.nn;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * An external memory that is written where it was used least or read last, <a
 * href="https://arxiv.org/abs/1605.06065">Santoro et al. 2016</a>. Each head reads by content with its key and writes
 * the same key, the first head to the least used slot, which is cleared before, the second to the next, and so on.
 *
 * @param slots rows of the memory, at least as many as heads
 * @param width entries of a row
 * @param heads how many keys a step reads and writes
 * @param decay what is left of a slot's usage after a step
 * @param sharpness factor of the similarities whose softmax is read by
 */
public record LruMemory(int slots, int width, int heads, double decay, double sharpness) {
    private static final double FIRST_CONTENT = 1e-6;
    private static final double EPSILON = 1e-4;
    private static final double NEVER = 1e6;

    public LruMemory {
        if (heads < 1 || width < 1 || slots < heads) {
            throw new IllegalArgumentException(
                    "a memory must have heads, a width and at least as many slots as heads, got " + heads + ", " + width
                            + " and " + slots);
        }
    }

    /**
     * Contents of the memory.
     *
     * @param contents [slots, width]
     * @param usage [1, slots]
     * @param reading how much each head reads of each slot, [heads, slots]
     */
    public record State(Value contents, Value usage, Value reading) {
        /** Rows that were read, head after head, [1, heads x width]. */
        public Value read() {
            Value rows = Ops.matmul(reading, contents);
            return Ops.reshape(rows, 1, Math.toIntExact(rows.shape().length()));
        }
    }

    /**
     * Almost empty.
     *
     * @param usage the slots' first order, all entries different, [1, slots]
     */
    public State empty(Value usage) {
        Graph graph = usage.graph();
        return new State(graph.filled(slots, width, FIRST_CONTENT), usage, graph.filled(heads, slots, 0));
    }

    /**
     * Writes, then reads.
     *
     * @param keys [heads, width]
     * @param gates how much is written where was read last, the rest where was used least, 0 to 1, [heads, 1]
     */
    public State access(State state, Value keys, Value gates) {
        List<Value> least = leastUsed(state.usage());
        Value unused = Blocks.concatenateRows(least);
        Value moved = Ops.multiply(Ops.subtract(state.reading(), unused), gates);
        Value writing = Ops.add(unused, moved);
        Value kept = Ops.multiply(state.contents(), Ops.reshape(inverse(least.get(0)), slots, 1));
        Value contents = Ops.add(kept, Ops.matmul(writing, keys, true, false));
        Value scale = keys.graph().filled(1, 1, sharpness);
        Value reading = Ops.softmax(Attention.scores(keys, contents, scale, EPSILON));
        Value used = Ops.columnSum(Ops.add(reading, writing));
        return new State(contents, Ops.detach(Ops.add(Ops.scale(state.usage(), decay), used)), reading);
    }

    /** Returns for each head a row with 1 at its slot: the least used one first. */
    private List<Value> leastUsed(Value usage) {
        List<Value> rows = new ArrayList<>();
        Value unusedness = Ops.scale(usage, -1);
        for (int head = 0; head < heads; head++) {
            Value most = Ops.rowMax(unusedness);
            Value row = inverse(Functions.step(Ops.scale(Ops.subtract(unusedness, most), -1)));
            rows.add(row);
            unusedness = Ops.subtract(unusedness, Ops.scale(row, NEVER));
        }
        return rows;
    }

    private static Value inverse(Value row) {
        return Ops.subtract(row.graph().filled(row.rows(), row.columns(), 1), row);
    }
}
