package io.fewshot4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.graph.runtime.Plan.PlannedArray;
import io.fewshot4j.graph.runtime.Plan.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Kernels on arrays of more than 2^31 entries, of which only the last blocks are computed: they must be what the last
 * images alone give.
 */
final class LargeIndexTest {
    private static final long MANY = (1L << 31) / 30 + 1;
    private static final long FEW = 40;

    /**
     * An operation on images or rows, along the first axis.
     *
     * @param input shape of one image
     * @param output likewise
     */
    record Case(NativeOperation operation, List<Long> input, List<Long> output, NativeArgs arguments) {
        Plan plan(long images) {
            PlannedArray x = array(Storage.INPUT, "x", images, input);
            PlannedArray y = array(Storage.OUTPUT, "y", images, output);
            Plan.Call call = new Plan.Call(operation, operands(), List.of(1), Set.of(), arguments);
            return new Plan(DataType.FLOAT, List.of(x, y), List.of(call), 0, Map.of("x", 0), Map.of("y", 1));
        }

        /** The gradient of pooling has images before its operand, which it does not read. */
        private List<Integer> operands() {
            return operation == NativeOperation.AVERAGE_POOL_GRADIENT ? List.of(1, 0) : List.of(0);
        }

        private static PlannedArray array(Storage storage, String name, long images, List<Long> shape) {
            List<Long> whole = new ArrayList<>(List.of(images));
            whole.addAll(shape);
            return new PlannedArray(storage, name, whole, 0, List.of());
        }

        @Override
        public String toString() {
            return operation.name();
        }
    }

    static List<Case> cases() {
        NativeArgs pool = NativeArgs.integers(2, 2, 2, 2, 0, 0, 1, 1, 1, 1, 1);
        NativeArgs unfold = NativeArgs.integers(3, 6, 1, 2, 1, 2, 1, 1, 0);
        NativeArgs fold = NativeArgs.integers(1, 2, 1, 2, 5, 10, 1, 1, 0);
        List<Long> windows = List.of(5L, 5L, 1L, 3L, 6L);
        return List.of(
                new Case(NativeOperation.MAX_POOL, List.of(5L, 7L, 3L), List.of(3L, 4L, 3L), pool),
                new Case(NativeOperation.AVERAGE_POOL, List.of(5L, 7L, 3L), List.of(3L, 4L, 3L), pool),
                new Case(NativeOperation.AVERAGE_POOL_GRADIENT, List.of(3L, 4L, 3L), List.of(5L, 7L, 3L), pool),
                new Case(NativeOperation.UNFOLD, List.of(1L, 5L, 10L), windows, unfold),
                new Case(NativeOperation.FOLD, windows, List.of(1L, 5L, 10L), fold),
                new Case(NativeOperation.RELU, List.of(5L, 5L), List.of(5L, 5L), NativeArgs.reals(0)),
                new Case(NativeOperation.TRANSPOSE, List.of(5L, 7L), List.of(7L, 5L), NativeArgs.integers(0, 2, 1)),
                new Case(
                        NativeOperation.ROW_MAXIMUM,
                        List.of(33L),
                        List.of(1L),
                        new NativeArgs(List.of(1L), List.of(1.0))),
                new Case(NativeOperation.SOFTMAX, List.of(33L), List.of(33L), NativeArgs.integers(1)));
    }

    @BeforeAll
    static void there_is_a_compiler() {
        Compilers.assumeThereIs("g++");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_last_images_of_many_are_as_they_are_alone(Case one) {
        float[] many = lastImage(one, MANY);

        assertThat(many).containsExactly(lastImage(one, FEW));
        assertThat(many[many.length / 2]).as("something was computed").isNotZero();
    }

    /** The last image's result, of images of which the last ones have other entries than 0. */
    private static float[] lastImage(Case one, long images) {
        DevicePlan plan = DevicePlan.of(one.plan(images), name -> {
            throw new AssertionError(name);
        });
        Step.Launch launch = (Step.Launch) plan.steps().get(0);
        long bytes = plan.memory().length() * Float.BYTES;
        long memory = Processor.reserve(bytes);
        Assumptions.assumeTrue(memory != 0, "the system reserves no " + bytes + " bytes: skipped");
        long library = Processor.open(Processor.compile(plan.source()));
        try {
            fill(plan, memory, images, one);
            long kernel = Processor.kernel(library, launch.kernel());
            long first = Math.max(0, launch.blocks() - 4);
            List<Long> addresses = launch.arguments().stream()
                    .map(offset -> memory + offset * Float.BYTES)
                    .toList();
            Processor.launch(kernel, first, launch.blocks(), launch.threads(), addresses);
            int length = (int) length(one.output());
            long end = memory + (Lookup.in(plan.memory().outputs(), "y") + images * length) * Float.BYTES;
            float[] result = new float[length];
            floats(end - (long) length * Float.BYTES).get(result, 0, length);
            return result;
        } finally {
            Processor.close(library);
            Processor.release(memory, bytes);
        }
    }

    private static void fill(DevicePlan plan, long memory, long images, Case one) {
        int length = (int) (FEW * length(one.input()));
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 1 + i % 97;
        }
        long end = Lookup.in(plan.memory().inputs(), "x") + images * length(one.input());
        floats(memory + (end - length) * Float.BYTES).put(values, 0, length);
    }

    private static long length(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    private static FloatPointer floats(long address) {
        return new FloatPointer((Pointer) new HostMemory(address));
    }
}
