package io.fewshot4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class CudaExecutorTest {
    /** CUDA_ERROR_LAUNCH_FAILED: what a lost device answers. */
    private static final int LOST = 719;

    @TempDir
    Path cache;

    private final FakeDriver driver = new FakeDriver();
    private final Program program = program();

    @BeforeAll
    static void there_is_a_compiler() {
        Compilers.assumeThereIs("g++");
    }

    private static Program program() {
        Graph graph = new Graph();
        Value a = graph.input("a", 5, 7);
        Value b = graph.input("b", 5, 7);
        Value joined = Blocks.concatenateRows(List.of(Ops.relu(a), b));
        return Program.of(
                Map.of("product", Ops.matmul(Ops.add(a, b), b, false, true), "turned", Blocks.transpose(joined)),
                DataType.FLOAT);
    }

    private CudaExecutor executor(CudaDevice device, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
        return new CudaExecutor(device, program, Plan.of(program), inputs, outputs);
    }

    @Test
    void arrays_that_live_outside_are_read_and_written_where_they_are() {
        INDArray a = Nd4j.ones(DataType.FLOAT, 35);
        INDArray turned = Nd4j.create(DataType.FLOAT, 70);
        try (CudaDevice device = new CudaDevice(driver, 0, cache);
                CudaExecutor executor = executor(device, Map.of("a", a), Map.of("turned", turned))) {
            executor.input("b").assign(2);
            executor.run();
            assertThat(Transfer.read(executor.output("product"))).containsOnly(42);
            a.assign(-1);
            executor.run();
            assertThat(Transfer.read(turned)).contains(0, 2).doesNotContain(-1);
        }
        assertThat(a.wasClosed()).isFalse();
        assertThat(driver.open()).isEmpty();
    }

    @Test
    void unknown_names_and_other_orders_are_refused() {
        INDArray other = Nd4j.create(DataType.FLOAT, 7, 5).transpose();
        try (CudaDevice device = new CudaDevice(driver, 0, cache);
                CudaExecutor executor = executor(device, Map.of(), Map.of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.input("c"))
                    .withMessageContaining("called c");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor(device, Map.of("a", other), Map.of()))
                    .withMessageStartingWith("arrays must be contiguous in c-order");
        }
    }

    @Test
    void kernels_are_compiled_once_and_again_where_what_was_kept_is_damaged() throws IOException {
        useOnce();
        useOnce();
        assertThat(driver.count("nvrtcCompileProgram")).isEqualTo(1);
        try (Stream<Path> kept = Files.list(cache)) {
            for (Path file : kept.toList()) {
                Files.writeString(file, "damaged");
            }
        }
        useOnce();
        assertThat(driver.count("nvrtcCompileProgram")).isEqualTo(2);
    }

    private void useOnce() {
        try (CudaDevice device = new CudaDevice(driver, 0, cache);
                CudaExecutor executor = executor(device, Map.of(), Map.of())) {
            executor.run();
        }
        assertThat(driver.open()).isEmpty();
    }

    @Test
    void too_little_memory_is_one_line_and_leaves_nothing_behind() {
        driver.withMemory((32 << 20) + 1000);
        try (CudaDevice device = new CudaDevice(driver, 0, cache)) {
            assertThatThrownBy(() -> executor(device, Map.of(), Map.of()))
                    .isInstanceOf(FewShotException.class)
                    .hasMessage(
                            "the GPU must have 1 MB free for a plan, got 1 MB; lower tasks-per-graph, or end what else"
                                    + " uses it");
        }
        assertThat(driver.open()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cuMemAlloc",
                "cuMemAllocHost",
                "nvrtcCompileProgram",
                "cuModuleLoadData",
                "cuModuleGetFunction",
                "cuStreamBeginCapture",
                "cuLaunchKernel",
                "cublasGemmStridedBatched"
            })
    void a_fault_while_it_is_made_is_one_line_and_leaves_nothing_behind(String call) {
        try (CudaDevice device = new CudaDevice(driver, 0, cache)) {
            driver.failing(call, 1, LOST);
            assertThatThrownBy(() -> executor(device, Map.of(), Map.of()))
                    .isInstanceOf(FewShotException.class)
                    .hasMessageStartingWith("the GPU must stay usable, but " + call + " failed with");
        }
        assertThat(driver.open()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuMemcpyHtoDAsync", "cuGraphLaunch", "cuMemcpyDtoHAsync", "cuStreamSynchronize"})
    void a_device_that_is_lost_is_one_line_and_another_run_is_possible_on_a_new_one(String call) {
        CudaDevice device = new CudaDevice(driver, 0, cache);
        CudaExecutor executor = executor(device, Map.of(), Map.of());
        executor.run();
        driver.failing(call, 1, LOST);
        assertThatThrownBy(executor::run)
                .isInstanceOf(FewShotException.class)
                .hasMessage("the GPU must stay usable, but " + call
                        + " failed with a made-up fault (719); look at nvidia-smi, and"
                        + " start the command anew: training goes on from its last checkpoint");
        executor.close();
        device.close();
        assertThat(driver.open()).isEmpty();
        driver.failing("", 0, 0);
        useOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuDevicePrimaryCtxRetain", "cuStreamCreate", "cuMemAlloc", "cublasCreate"})
    void a_device_that_does_not_start_leaves_nothing_behind(String call) {
        driver.failing(call, 1, CudaFault.OUT_OF_MEMORY);
        assertThatThrownBy(() -> new CudaDevice(driver, 0, cache))
                .isInstanceOf(CudaFault.class)
                .hasMessageContaining(call);
        assertThat(driver.open()).isEmpty();
    }
}
