package io.fewshot4j.cuda;

import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.ExecutorProvider;
import io.fewshot4j.graph.runtime.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** CUDA's executors on the fake driver, for tests of what stands above them. */
public final class TestDevice implements ExecutorProvider, AutoCloseable {
    private final FakeDriver driver = new FakeDriver();
    private final CudaDevice device;

    /** A device without kernels, or a skipped test. */
    public TestDevice() {
        Compilers.assumeThereIs("g++");
        device = new CudaDevice(driver, 0, folder());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("kernels");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Executor executor(Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
        return new CudaExecutor(device, program, plan, inputs, outputs);
    }

    /** Launches of a graph, copies in and copies out since the last call. */
    public List<Integer> traffic() {
        List<Integer> counts = List.of(
                driver.count("cuGraphLaunch"), driver.count("cuMemcpyHtoDAsync"), driver.count("cuMemcpyDtoHAsync"));
        driver.forgetCounts();
        return counts;
    }

    /** All that was made on the device and not given back, once it is closed. */
    public List<String> open() {
        return driver.open();
    }

    @Override
    public void close() {
        device.close();
    }
}
