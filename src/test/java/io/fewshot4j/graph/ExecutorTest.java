package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

final class ExecutorTest {
    private final Graph graph = new Graph();
    private final Value a = graph.input("a", 2, 3);
    private final Value b = graph.input("b", 2, 3);

    private static Program program(Map<String, Value> outputs) {
        return Program.of(outputs, DataType.FLOAT);
    }

    @Test
    void inputs_that_live_outside_are_read_where_they_are() {
        INDArray outside = Nd4j.create(DataType.FLOAT, 6);
        Program program = program(Map.of("sum", Ops.add(a, b)));
        try (Executor executor = Executor.of(program, Map.of("a", outside))) {
            outside.assign(3);
            executor.input("b").assign(1);
            executor.run();
            assertThat(executor.output("sum").toFloatMatrix()).isEqualTo(new float[][] {{4, 4, 4}, {4, 4, 4}});
        }
        assertThat(outside.wasClosed()).isFalse();
    }

    @Test
    void a_value_that_is_an_output_and_an_input_of_others_is_kept() {
        Map<String, Value> outputs = new LinkedHashMap<>();
        Value first = Ops.add(a, b);
        Value second = Ops.relu(first);
        outputs.put("first", first);
        outputs.put("second", second);
        outputs.put("third", Ops.multiply(second, Ops.multiply(first, first)));
        outputs.put("reshaped", Ops.reshape(first, 3, 2));
        Program program = program(outputs);
        try (Executor executor = Executor.of(program, Map.of())) {
            Transfer.write(new float[] {1, -2, 3, -4, 5, -6}, executor.input("a"));
            executor.run();
            assertThat(Transfer.read(executor.output("first"))).containsExactly(1, -2, 3, -4, 5, -6);
            assertThat(Transfer.read(executor.output("second"))).containsExactly(1, 0, 3, 0, 5, 0);
            assertThat(Transfer.read(executor.output("third"))).containsExactly(1, 0, 27, 0, 125, 0);
            assertThat(executor.output("reshaped").toFloatMatrix())
                    .isEqualTo(new float[][] {{1, -2}, {3, -4}, {5, -6}});
        }
    }

    @Test
    void inputs_and_constants_may_be_outputs() {
        Program program = program(Map.of("input", a, "constant", graph.filled(1, 2, 7), "detached", Ops.detach(a)));
        try (Executor executor = Executor.of(program, Map.of())) {
            executor.input("a").assign(2);
            executor.run();
            assertThat(Transfer.read(executor.output("input"))).containsOnly(2);
            assertThat(Transfer.read(executor.output("constant"))).containsExactly(7, 7);
            assertThat(Transfer.read(executor.output("detached"))).containsOnly(2);
        }
    }

    @Test
    void outputs_that_live_outside_are_written_where_they_are() {
        INDArray flat = Nd4j.create(DataType.FLOAT, 18);
        Value sum = Ops.add(a, b);
        Program program = program(Map.of("sum", sum, "turned", Ops.reshape(sum, 3, 2), "a", a));
        Map<String, INDArray> outside = new LinkedHashMap<>();
        for (String name : List.of("sum", "turned", "a")) {
            long from = 6L * outside.size();
            outside.put(name, flat.get(NDArrayIndex.interval(from, from + 6)));
        }
        try (Executor executor = Executor.of(program, Plan.of(program), Map.of(), outside)) {
            Transfer.write(new float[] {1, 2, 3, 4, 5, 6}, executor.input("a"));
            executor.input("b").assign(1);
            executor.run();
            executor.input("a").assign(0);
        }

        assertThat(Transfer.read(flat)).containsExactly(2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void what_no_output_needs_is_not_in_the_program() {
        Program program = program(Map.of("a", Ops.relu(a)));
        Ops.add(a, b);

        assertThat(program.graph().hasVariable("b")).isFalse();
        assertThat(program.graph().getOps()).hasSize(1);
    }

    @Test
    void unknown_names_are_answered_with_the_known() {
        Program program = program(Map.of("sum", Ops.add(a, a)));
        try (Executor executor = Executor.of(program, Map.of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.input("c"))
                    .withMessage("no input is called c; there are [a]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.output("c"))
                    .withMessage("no output is called c; there are [sum]");
        }
    }

    @Test
    void arrays_in_another_order_are_refused() {
        Program program = program(Map.of("sum", Ops.add(a, b)));
        Map<String, INDArray> turned =
                Map.of("a", Nd4j.create(DataType.FLOAT, 3, 2).transpose());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Executor.of(program, turned))
                .withMessageStartingWith("arrays must be contiguous in c-order");
    }
}
