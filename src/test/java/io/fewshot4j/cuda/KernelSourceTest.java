package io.fewshot4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Normalization;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class KernelSourceTest {
    /**
     * Compares the kernels of the plan of a normalised, rectified batch with a gain: what its generated part looks
     * like.
     */
    @Test
    void kernels_of_a_normalisation_are_as_expected() {
        Graph graph = new Graph(2);
        Value x = graph.taskInput("x", 5, 3);
        Value gain = graph.taskInput("gain", 1, 3);
        Value normalized = Ops.relu(Ops.multiply(Normalization.of(x, 0.001).normalized(), gain));
        DevicePlan plan = plan(Program.of(Map.of("y", Ops.softmax(normalized)), DataType.FLOAT));

        String generated = plan.source().substring(plan.source().indexOf("extern"));
        assertThat(generated).isEqualTo(Compilers.resource("normalisation.cu"));
    }

    @Test
    void an_operation_whose_operand_another_thread_writes_is_not_joined() {
        Graph graph = new Graph();
        Value x = graph.input("x", 4, 4);
        Value turned = Blocks.transpose(Ops.relu(x));

        assertThat(plan(Program.of(Map.of("y", Ops.add(turned, x)), DataType.FLOAT))
                        .launches())
                .isEqualTo(2);
    }

    @Test
    void operations_without_a_kernel_are_refused() {
        Plan.PlannedArray array = new Plan.PlannedArray(Plan.Storage.INPUT, "x", List.of(1L), 0, List.of());
        Plan.Call call = new Plan.Call(NativeOperation.RESHAPE, List.of(0), List.of(0), Set.of(), NativeArgs.NONE);
        Plan plan = new Plan(DataType.FLOAT, List.of(array), List.of(call), 0, Map.of("x", 0), Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DevicePlan.of(plan, name -> {
                    throw new AssertionError(name);
                }))
                .withMessage("plans must hold operations that CUDA has a kernel for, got reshape");
    }

    private static DevicePlan plan(Program program) {
        return DevicePlan.of(
                Plan.of(program), name -> program.graph().getVariable(name).getArr());
    }
}
