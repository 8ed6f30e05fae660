package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.SameBits;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class MetaGraphTest {
    private static final int SUPPORT = Tasks.EPISODE.supportSize();

    private static GradientNetwork network(String adapted, int imageSize, String... settings) {
        Predicate<ParameterLayout.Entry> adapts = switch (adapted) {
            case "all" -> entry -> true;
            case "head" -> entry -> entry.role() == Role.HEAD;
            default -> entry -> !entry.role().isNorm();
        };
        return new GradientNetwork(Tasks.settings(settings), Tasks.shape(imageSize, settings), adapts);
    }

    @ParameterizedTest
    @CsvSource({
        "all,  stride,   1, 2, mean,    torch",
        "all,  stride,   3, 2, flatten, tensorflow",
        "body, max-pool, 1, 2, mean,    torch",
        "all,  max-pool, 3, 2, flatten, tensorflow",
        "body, stride,   3, 1, mean,    tensorflow",
        "all,  max-pool, 1, 1, flatten, torch",
        "head, stride,   3, 2, flatten, torch",
        "head, max-pool, 1, 2, mean,    torch"
    })
    void meta_gradients_have_the_sessions_bits(
            String adapted, String pooling, int steps, int order, String head, String padding) {
        int imageSize = pooling.equals("stride") ? 9 : 17;
        GradientNetwork network = network(
                adapted,
                imageSize,
                "filters=2",
                "pooling=" + pooling,
                "inner-steps=" + steps,
                "head=" + head,
                "padding=" + padding,
                "batch-norm-gain=" + adapted.equals("all"));

        for (int tasks : new int[] {1, 2}) {
            TaskShape shape = network.shape().withTasksPerGraph(tasks);
            SameBits.require(type -> MetaGraph.metaGradient(network, Stage.lastStep(order), shape, type), 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"stride, 9", "max-pool, 16"})
    void inner_steps_and_predictions_have_the_sessions_bits(String pooling, int imageSize) {
        GradientNetwork network = network("body", imageSize, "filters=3", "pooling=" + pooling);

        SameBits.require(type -> MetaGraph.innerStep(network, 0, network.shape().support(), type), 2);
        SameBits.require(
                type -> MetaGraph.forward(network, 0, 1, network.shape().set("query", SUPPORT + 1), type), 3);
    }

    @Test
    void two_executors_on_two_threads_give_the_same_bits() {
        GradientNetwork network = network("all", 12, "filters=4", "inner-steps=2");
        Program program = MetaGraph.metaGradient(network, Stage.lastStep(2), network.shape(), DataType.FLOAT);
        Plan plan = Plan.of(program);
        Map<String, INDArray> inputs = SameBits.inputs(program, 1);
        Map<String, INDArray> others = SameBits.inputs(program, 2);
        try (Executor one = Executor.of(program, plan, Map.of(), Map.of());
                Executor two = Executor.of(program, plan, Map.of(), Map.of())) {
            Map<String, byte[]> expected = SameBits.run(program, one, inputs);
            CompletableFuture<Map<String, byte[]>> beside = CompletableFuture.supplyAsync(() -> {
                for (int i = 0; i < 20; i++) {
                    SameBits.run(program, two, others);
                }
                return SameBits.run(program, two, inputs);
            });
            for (int i = 0; i < 20; i++) {
                SameBits.requireEqual(SameBits.run(program, one, inputs), expected);
            }
            SameBits.requireEqual(beside.join(), expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void each_weight_gradient_is_computed_with_an_input_gradient(int steps) {
        GradientNetwork network = network("all", 12, "filters=2", "inner-steps=" + steps);
        Plan plan = Plan.of(MetaGraph.metaGradient(network, Stage.lastStep(2), network.shape(), DataType.FLOAT));
        List<Plan.Call> both = plan.calls().stream()
                .filter(call -> call.operation() == NativeOperation.CONVOLUTION_GRADIENTS)
                .toList();

        assertThat(both).isNotEmpty();
        assertThat(both)
                .as("one of a pair has zeros for an operand")
                .noneMatch(call -> call.inputs().stream()
                        .map(plan.arrays()::get)
                        .anyMatch(array -> array.storage() == Plan.Storage.CONSTANT));
    }

    @Test
    void arrays_share_memory() {
        GradientNetwork network = network("all", 28, "filters=8", "inner-steps=3");
        Plan plan = Plan.of(MetaGraph.metaGradient(network, Stage.lastStep(2), network.shape(), DataType.FLOAT));
        long sum = plan.calls().stream()
                .flatMap(call -> call.outputs().stream())
                .map(plan.arrays()::get)
                .mapToLong(array -> array.shape().stream().reduce(1L, (a, b) -> a * b))
                .sum();

        assertThat(plan.arenaLength()).isLessThan(sum / 2);
    }
}
