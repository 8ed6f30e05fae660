package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.tensor.RawValues;
import io.fewshot4j.tensor.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The executor beside SameDiff's own session. */
public final class SameBits {
    /** Rounding of floats through the two derivatives of a normalisation, of the largest entry. */
    private static final double CLOSE = 1e-3;

    private SameBits() {}

    /**
     * Requires that in double every output has the same bits in both, in float, where the processor's kernels take some
     * operations from ND4J, the same numbers but for rounding; and again after a run on other inputs.
     */
    public static void require(Function<DataType, Program> program, long seed) {
        require(program.apply(DataType.DOUBLE), seed, SameBits::requireEqual);
        require(program.apply(DataType.FLOAT), seed, SameBits::requireClose);
    }

    private static void require(
            Program program, long seed, BiConsumer<Map<String, byte[]>, Map<String, byte[]>> comparison) {
        Map<String, INDArray> inputs = inputs(program, seed);
        Map<String, byte[]> expected = session(program, inputs);
        try (Executor executor = Executor.of(program, Map.of())) {
            Map<String, byte[]> first = run(program, executor, inputs);
            comparison.accept(first, expected);
            run(program, executor, inputs(program, seed + 1));
            requireEqual(run(program, executor, inputs), first);
        }
    }

    /** Random values for every input; what is called a variance or a moment is positive. */
    public static Map<String, INDArray> inputs(Program program, long seed) {
        Map<String, INDArray> inputs = new LinkedHashMap<>();
        Random random = new Random(seed);
        for (SDVariable variable : program.graph().variables()) {
            if (variable.getVariableType() == VariableType.PLACEHOLDER) {
                INDArray array = Nd4j.create(program.type(), variable.getShape());
                boolean positive =
                        variable.name().endsWith("variance") || variable.name().contains("moment");
                double low = positive ? 0.1 : -0.5;
                Transfer.write(random.doubles(array.length(), low, 0.5).toArray(), array);
                inputs.put(variable.name(), array);
            }
        }
        return inputs;
    }

    /** The outputs' bytes by the executor. */
    public static Map<String, byte[]> run(Program program, Executor executor, Map<String, INDArray> inputs) {
        inputs.forEach((name, values) -> executor.input(name).assign(values));
        executor.run();
        Map<String, byte[]> outputs = new LinkedHashMap<>();
        program.outputs().keySet().forEach(name -> outputs.put(name, RawValues.bytes(executor.output(name))));
        return outputs;
    }

    private static Map<String, byte[]> session(Program program, Map<String, INDArray> inputs) {
        List<String> variables = new ArrayList<>(program.outputs().values());
        Map<String, INDArray> results = program.graph().output(inputs, variables);
        Map<String, byte[]> outputs = new LinkedHashMap<>();
        program.outputs().forEach((name, variable) -> outputs.put(name, RawValues.bytes(Lookup.in(results, variable))));
        return outputs;
    }

    /** Compares two runs. */
    public static void requireEqual(Map<String, byte[]> actual, Map<String, byte[]> expected) {
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
    }

    private static void requireClose(Map<String, byte[]> actual, Map<String, byte[]> expected) {
        expected.forEach((name, bytes) -> {
            float[] numbers = floats(bytes);
            double largest = IntStream.range(0, numbers.length)
                    .mapToDouble(i -> Math.abs(numbers[i]))
                    .max()
                    .orElse(0);
            assertThat(floats(Lookup.in(actual, name))).as(name).containsExactly(numbers, within((float)
                    (CLOSE * largest)));
        });
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
