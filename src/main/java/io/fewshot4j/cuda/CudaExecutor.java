package io.fewshot4j.cuda;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a {@link Plan} on a GPU. Inputs and outputs are arrays in the processor's memory: a run copies all inputs at
 * once, launches one graph that was captured before, and copies all outputs back at once.
 */
final class CudaExecutor implements Executor {
    private final CudaDevice device;
    private final Plan plan;
    private final MemoryMap map;
    private final Map<String, INDArray> inputs = new TreeMap<>();
    private final Map<String, INDArray> outputs = new TreeMap<>();
    private final Owned owned = new Owned();
    private final int width;
    private long memory;
    private long staging;
    private long graph;

    /**
     * A program ready to run.
     *
     * @param inputs arrays that live outside, by name
     * @param outputs likewise
     * @throws FewShotException if the device has too little memory
     */
    CudaExecutor(
            CudaDevice device,
            Program program,
            Plan plan,
            Map<String, INDArray> inputs,
            Map<String, INDArray> outputs) {
        this.device = device;
        this.plan = plan;
        this.width = plan.type().width();
        DevicePlan onDevice =
                DevicePlan.of(plan, name -> program.graph().getVariable(name).getArr());
        this.map = onDevice.memory();
        try {
            plan.inputs().forEach((name, number) -> this.inputs.put(name, onHost(name, number, inputs)));
            plan.outputs().forEach((name, number) -> this.outputs.put(name, onHost(name, number, outputs)));
            allocate();
            map.constants().forEach((name, offset) -> upload(program, name, offset));
            capture(onDevice);
        } catch (CudaFault fault) {
            owned.close();
            throw explained(fault);
        }
    }

    private INDArray onHost(String name, int number, Map<String, INDArray> outside) {
        long[] shape = map.shape(number).stream().mapToLong(Long::longValue).toArray();
        INDArray array = outside.get(name);
        if (array == null) {
            INDArray own = Nd4j.create(plan.type(), shape);
            owned.add(own::close);
            return own;
        }
        if ((array.rank() > 1 && array.ordering() != 'c') || (array.length() > 1 && array.elementWiseStride() != 1)) {
            throw new IllegalArgumentException("arrays must be contiguous in c-order, got order " + array.ordering()
                    + " and stride " + array.elementWiseStride());
        }
        return array.reshape('c', true, shape);
    }

    private void allocate() {
        Driver driver = device.driver();
        long block = driver.allocate(map.length() * width);
        owned.add(() -> device.driver().free(block));
        memory = block;
        long pinned = driver.allocateHost(Math.max(1, map.arena()) * width);
        owned.add(() -> device.driver().freeHost(pinned));
        staging = pinned;
    }

    private void upload(Program program, String name, long offset) {
        INDArray constant = program.graph().getVariable(name).getArr();
        device.driver().copyIn(memory + offset * width, address(constant), constant.length() * width, device.stream());
        device.driver().synchronize(device.stream());
    }

    private static long address(INDArray array) {
        return array.data().addressPointer().address();
    }

    private void capture(DevicePlan onDevice) {
        long module = device.load(onDevice.source());
        owned.add(() -> device.driver().unloadModule(module));
        Driver driver = device.driver();
        Map<String, Long> functions = new TreeMap<>();
        for (Step step : onDevice.steps()) {
            if (step instanceof Step.Launch launch) {
                functions.computeIfAbsent(launch.kernel(), name -> driver.function(module, name));
            }
        }
        driver.beginCapture(device.stream());
        try {
            onDevice.steps().forEach(step -> enqueue(step, functions));
        } finally {
            graph = driver.endCapture(device.stream());
            owned.add(() -> device.driver().destroyGraph(graph));
        }
    }

    private void enqueue(Step step, Map<String, Long> functions) {
        Driver driver = device.driver();
        if (step instanceof MatrixProduct product) {
            driver.gemm(device.blas(), Gemm.of(product, plan.type() == DataType.DOUBLE, memory));
        } else if (step instanceof Step.Launch launch) {
            driver.launch(
                    Lookup.in(functions, launch.kernel()),
                    launch.blocks(),
                    launch.threads(),
                    launch.arguments().stream()
                            .map(offset -> memory + offset * width)
                            .toList(),
                    device.stream());
        }
    }

    @Override
    public void run() {
        inputs.forEach((name, array) -> copy(staged(Lookup.in(map.inputs(), name)), address(array), array));
        try {
            Driver driver = device.driver();
            long end = map.outputsFrom();
            if (end > 0) {
                driver.copyIn(memory, staging, end * width, device.stream());
            }
            driver.launchGraph(graph, device.stream());
            driver.copyOut(staged(end), memory + end * width, (map.arena() - end) * width, device.stream());
            driver.synchronize(device.stream());
        } catch (CudaFault fault) {
            throw explained(fault);
        }
        outputs.forEach((name, array) -> copy(address(array), staged(Lookup.in(map.outputs(), name)), array));
    }

    private long staged(long offset) {
        return staging + offset * width;
    }

    private void copy(long to, long from, INDArray array) {
        Pointer.memcpy(new HostMemory(to), new HostMemory(from), array.length() * width);
    }

    private FewShotException explained(CudaFault fault) {
        if (fault.isOutOfMemory()) {
            return new FewShotException(
                    "the GPU must have " + megabytes(map.length() * width) + " free for a plan, got "
                            + megabytes(device.driver().freeMemory())
                            + "; lower tasks-per-graph, or end what else uses it",
                    fault);
        }
        return new FewShotException(
                "the GPU must stay usable, but " + fault.getMessage()
                        + "; look at nvidia-smi, and start the command anew: training goes on from its last checkpoint",
                fault);
    }

    private static String megabytes(long bytes) {
        return ((bytes + (1 << 20) - 1) >> 20) + " MB";
    }

    @Override
    public Set<String> inputs() {
        return inputs.keySet();
    }

    @Override
    public Set<String> outputs() {
        return outputs.keySet();
    }

    @Override
    public INDArray input(String name) {
        return Lookup.in(inputs, name);
    }

    @Override
    public INDArray output(String name) {
        return Lookup.in(outputs, name);
    }

    @Override
    public void close() {
        owned.close();
    }
}
