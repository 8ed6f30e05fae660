package io.fewshot4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.SameBits;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.RawValues;
import io.fewshot4j.tensor.Transfer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program's outputs by CUDA's executor, with the fake driver, and by the processor's. */
public final class BothExecutors {
    private BothExecutors() {}

    /** An output by each. */
    record Results(INDArray cuda, INDArray cpu) {
        /** The largest difference, relative to the largest entry. */
        double difference() {
            double[] found = Transfer.read(cuda);
            double[] expected = Transfer.read(cpu);
            double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            double difference = IntStream.range(0, expected.length)
                    .mapToDouble(i -> Math.abs(found[i] - expected[i]))
                    .max()
                    .orElse(0);
            return difference / Math.max(largest, Float.MIN_NORMAL);
        }
    }

    /** The outputs on random inputs, in a second run after one on others. */
    static Map<String, Results> of(Program program, long seed) {
        Plan plan = Plan.of(program);
        TestDevice device = new TestDevice();
        Map<String, Results> results = new LinkedHashMap<>();
        try (Executor cpu = Executor.of(program, plan, Map.of(), Map.of());
                Executor cuda = device.executor(program, plan, Map.of(), Map.of())) {
            SameBits.inputs(program, seed + 1)
                    .forEach((name, values) -> cuda.input(name).assign(values));
            cuda.run();
            SameBits.inputs(program, seed).forEach((name, values) -> {
                cuda.input(name).assign(values);
                cpu.input(name).assign(values);
            });
            cuda.run();
            cpu.run();
            plan.outputs()
                    .keySet()
                    .forEach(name -> results.put(
                            name,
                            new Results(
                                    cuda.output(name).dup('c'), cpu.output(name).dup('c'))));
        }
        device.close();
        assertThat(device.open()).isEmpty();
        return results;
    }

    /** Requires every output to be close, relative to its largest entry. */
    public static void requireClose(Program program, long seed, double limit) {
        of(program, seed)
                .forEach((name, results) ->
                        assertThat(results.difference()).as(name).isLessThan(limit));
    }

    /** Requires every output to have the same bits. */
    public static void requireSame(Program program, long seed) {
        of(program, seed)
                .forEach((name, results) ->
                        assertThat(RawValues.bytes(results.cuda())).as(name).isEqualTo(RawValues.bytes(results.cpu())));
    }

    /**
     * Compiles a program's kernels for GPUs of a compute capability, or skips the test: no warning, nothing spilled.
     */
    public static void requireCompiled(Program program, int capability) {
        Compilers.assumeThereIs("nvcc");
        Plan plan = Plan.of(program);
        DevicePlan onDevice =
                DevicePlan.of(plan, name -> program.graph().getVariable(name).getArr());
        Path source = Compilers.file("kernels", ".cu");
        Compilers.write(source, onDevice.source());
        String said = Compilers.run(List.of(
                "nvcc",
                "-std=c++17",
                "-arch=sm_" + capability,
                "-cubin",
                "-Werror",
                "all-warnings",
                "-Xptxas",
                "-v",
                "-o",
                Compilers.file("kernels", ".cubin").toString(),
                source.toString()));

        assertThat(said).contains("0 bytes spill stores").doesNotContainPattern("[1-9]\\d* bytes spill");
    }
}
