package io.fewshot4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.Calculator;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LruMemoryTest {
    private static final int SLOTS = 3;
    private static final int HEADS = 2;
    private static final double DECAY = 0.9;
    private static final double[][][] KEYS = {{{0.5, -0.25}, {1, 0.75}}, {{-0.5, 0.5}, {0.25, 1}}, {{2, 0}, {0, -1}}};
    private static final double[][] GATES = {{0.25, 0.5}, {0.8, 0.125}, {0.5, 0.5}};

    /** The memory as the paper states it, entry by entry. */
    private static final class ByHand {
        private final double[][] contents = new double[SLOTS][2];
        private final double[] usage = {0, 0.01, 0.02};
        private double[][] reading = new double[HEADS][SLOTS];

        ByHand() {
            for (double[] row : contents) {
                Arrays.fill(row, 1e-6);
            }
        }

        void access(double[][] keys, double[] gates) {
            int[] order = IntStream.range(0, SLOTS)
                    .boxed()
                    .sorted((a, b) -> Double.compare(usage[a], usage[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            Arrays.fill(contents[order[0]], 0);
            double[] used = new double[SLOTS];
            for (int head = 0; head < HEADS; head++) {
                for (int slot = 0; slot < SLOTS; slot++) {
                    double unused = order[head] == slot ? 1 : 0;
                    double writing = gates[head] * reading[head][slot] + (1 - gates[head]) * unused;
                    contents[slot][0] += writing * keys[head][0];
                    contents[slot][1] += writing * keys[head][1];
                    used[slot] += writing;
                }
            }
            reading = new double[HEADS][];
            for (int head = 0; head < HEADS; head++) {
                reading[head] = softmax(keys[head]);
                for (int slot = 0; slot < SLOTS; slot++) {
                    used[slot] += reading[head][slot];
                }
            }
            for (int slot = 0; slot < SLOTS; slot++) {
                usage[slot] = DECAY * usage[slot] + used[slot];
            }
        }

        private double[] softmax(double[] key) {
            double[] weights = Arrays.stream(contents)
                    .mapToDouble(row -> Math.exp(2 * cosine(key, row)))
                    .toArray();
            double sum = Arrays.stream(weights).sum();
            return Arrays.stream(weights).map(weight -> weight / sum).toArray();
        }

        private static double cosine(double[] a, double[] b) {
            double product = a[0] * b[0] + a[1] * b[1];
            return product / Math.sqrt((a[0] * a[0] + a[1] * a[1] + 1e-4) * (b[0] * b[0] + b[1] * b[1] + 1e-4));
        }

        double[] read() {
            double[] read = new double[2 * HEADS];
            for (int i = 0; i < read.length; i++) {
                for (int slot = 0; slot < SLOTS; slot++) {
                    read[i] += reading[i / 2][slot] * contents[slot][i % 2];
                }
            }
            return read;
        }
    }

    @Test
    void keys_are_written_where_was_read_last_or_used_least() {
        LruMemory memory = new LruMemory(SLOTS, 2, HEADS, DECAY, 2);
        Graph graph = new Graph();
        LruMemory.State state = memory.empty(graph.input("usage", 1, SLOTS));
        ByHand expected = new ByHand();
        for (int step = 0; step < KEYS.length; step++) {
            Value keys = graph.input("keys" + step, HEADS, 2);
            state = memory.access(state, keys, graph.input("gates" + step, HEADS, 1));
            expected.access(KEYS[step], GATES[step]);
        }
        Map<String, Value> outputs = Map.of("contents", state.contents(), "usage", state.usage(), "read", state.read());
        try (Calculator calculator = new Calculator(outputs, inputs()).run()) {
            double[] contents = Arrays.stream(expected.contents)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertThat(calculator.get("contents")).containsExactly(contents, within(1e-12));
            assertThat(calculator.get("usage")).containsExactly(expected.usage, within(1e-12));
            assertThat(calculator.get("read")).containsExactly(expected.read(), within(1e-12));
        }
    }

    private static Map<String, double[]> inputs() {
        Map<String, double[]> inputs = new HashMap<>(Map.of("usage", new double[] {0, 0.01, 0.02}));
        for (int step = 0; step < KEYS.length; step++) {
            inputs.put(
                    "keys" + step,
                    Arrays.stream(KEYS[step]).flatMapToDouble(Arrays::stream).toArray());
            inputs.put("gates" + step, GATES[step]);
        }
        return inputs;
    }

    @Test
    void every_head_needs_a_slot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LruMemory(1, 2, 2, 0.9, 1))
                .withMessage("a memory must have heads, a width and at least as many slots as heads, got 2, 2 and 1");
    }
}
