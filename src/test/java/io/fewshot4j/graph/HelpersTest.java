package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Helpers;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class HelpersTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger handedOver = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdown();
    }

    @Test
    void without_helpers_the_whole_is_done() {
        assertThat(done(0, 5)).containsExactly("whole");
    }

    @Test
    void with_helpers_each_part_is_done() {
        assertThat(done(1, 3)).containsExactly("part 0", "part 1", "part 2");
        assertThat(done(2, 2)).containsExactly("part 0", "part 1");
    }

    @Test
    void what_fails_in_a_part_fails_where_the_parts_are_asked_for() {
        IntConsumer failing = part -> {
            throw new IllegalStateException("part " + part);
        };

        assertThatIllegalStateException().isThrownBy(() -> run(0, 2, failing)).withMessage("part -1");
        assertThatThrownBy(() -> run(1, 2, part -> {
                    if (part == 1) {
                        failing.accept(part);
                    }
                }))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("part 1");
    }

    private TreeSet<String> done(int helpers, int parts) {
        TreeSet<String> done = new TreeSet<>();
        run(helpers, parts, part -> {
            synchronized (done) {
                assertThat(done.add(part < 0 ? "whole" : "part " + part)).isTrue();
            }
        });
        return done;
    }

    /** The whole is part -1. */
    private void run(int helpers, int parts, IntConsumer work) {
        List<Runnable> each = IntStream.range(0, parts)
                .mapToObj(part -> (Runnable) () -> work.accept(part))
                .toList();
        lent(helpers, () -> Helpers.ofThread().run(() -> work.accept(-1), each));
    }

    private void lent(int helpers, Runnable work) {
        Helpers.lend(
                task -> {
                    handedOver.incrementAndGet();
                    threads.execute(task);
                },
                helpers,
                () -> {
                    work.run();
                    return "";
                });
    }

    @Test
    void a_large_network_has_the_same_bits_with_helpers() {
        Program program = network();
        Map<String, INDArray> inputs = SameBits.inputs(program, 1);
        try (Executor executor = Executor.of(program, Map.of())) {
            Map<String, byte[]> expected = SameBits.run(program, executor, inputs);

            lent(1, () -> SameBits.requireEqual(SameBits.run(program, executor, inputs), expected));
        }

        assertThat(handedOver.get()).isGreaterThan(10);
    }

    /**
     * Rows, columns, numbers, maximum pooling of images with an odd row, and the gradient of it all, in arrays of four
     * million.
     */
    private static Program network() {
        Graph graph = new Graph();
        PoolGeometry geometry = new PoolGeometry(65, 63, 64, 16, true);
        Shape shape = geometry.input();
        Value x = graph.input("x", shape.rows(), shape.columns());
        Value column = graph.input("column", shape.rows(), 1);
        Value row = graph.input("row", 1, shape.columns());
        Value scaled = Ops.multiply(Ops.add(Ops.scale(x, 3), row), Ops.add(Ops.multiply(x, column), x));
        Value pooled = Ops.maxPool(Ops.relu(Ops.subtract(scaled, row)), geometry);
        Value loss = Ops.sum(Ops.multiply(pooled, pooled));
        return Program.of(
                Map.of("pooled", pooled, "x", Gradients.of(loss, List.of(x)).get(0)), DataType.FLOAT);
    }
}
