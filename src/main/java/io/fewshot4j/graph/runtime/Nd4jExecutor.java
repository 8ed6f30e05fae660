package io.fewshot4j.graph.runtime;

import io.fewshot4j.cpu.NativeThreads;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.operation.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Runs a {@link Plan} by ND4J with every call prepared once. What {@link DeviceOperations} take gives the same numbers
 * as SameDiff's own session but for rounding, all else the same bits.
 */
final class Nd4jExecutor implements Executor {
    private static final List<DeviceOperations> DEVICES = Stream.concat(
                    Stream.of(new HostOperations()),
                    ServiceLoader.load(DeviceOperations.class).stream().map(ServiceLoader.Provider::get))
            .toList();

    private final Plan plan;
    private final INDArray arena;
    private final Map<String, INDArray> owned = new HashMap<>();
    private final List<INDArray> arrays = new ArrayList<>();
    private final List<Prepared> calls = new ArrayList<>();
    private final List<OpContext> contexts = new ArrayList<>();
    private final NativeOps natives;

    /** Makes them where no other device computes. */
    static final class Provider implements ExecutorProvider {
        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public Executor executor(
                Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
            return new Nd4jExecutor(program, plan, inputs, outputs);
        }
    }

    /** A call that is ready to be made, and who makes it. */
    private record Prepared(NativeOperation operation, OperationTimes.Runner runner, Runnable run) {}

    /** @param program its constants are shared and read only */
    private Nd4jExecutor(Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
        this.plan = plan;
        this.arena = Nd4j.createUninitialized(plan.type(), Math.max(1, plan.arenaLength()));
        this.natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
        for (Plan.PlannedArray array : plan.arrays()) {
            INDArray memory = contiguous(
                    switch (array.storage()) {
                        case INPUT -> shaped(given(array, inputs), array);
                        case OUTPUT -> shaped(given(array, outputs), array);
                        case CONSTANT ->
                            shaped(program.graph().getVariable(array.name()).getArr(), array);
                        case ARENA ->
                            shaped(
                                    arena.get(NDArrayIndex.interval(array.offset(), array.offset() + array.length())),
                                    array);
                    });
            arrays.add(array.axes().isEmpty() ? memory : memory.permute(axes(array)));
        }
        plan.calls().forEach(call -> calls.add(prepared(call)));
    }

    private Prepared prepared(Plan.Call call) {
        List<INDArray> inputs = call.inputs().stream().map(arrays::get).toList();
        List<INDArray> outputs = call.outputs().stream().map(arrays::get).toList();
        Prepared whole = prepared(call, inputs, outputs);
        List<Runnable> parts = Part.of(call, inputs, outputs).stream()
                .map(part -> prepared(call, part.inputs(), part.outputs()).run())
                .toList();
        return parts.isEmpty()
                ? whole
                : new Prepared(
                        whole.operation(),
                        whole.runner(),
                        () -> Helpers.ofThread().run(whole.run(), parts));
    }

    private Prepared prepared(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        for (DeviceOperations device : DEVICES) {
            Optional<Runnable> own = device.prepare(call, inputs, outputs);
            if (own.isPresent()) {
                return new Prepared(call.operation(), OperationTimes.Runner.KERNEL, own.get());
            }
        }
        Runnable run = Transform.of(call.operation())
                .map(transform -> transform.prepared(inputs.get(0), outputs.get(0)))
                .orElseGet(() -> custom(call, inputs, outputs));
        return new Prepared(call.operation(), OperationTimes.Runner.ND4J, run);
    }

    private INDArray given(Plan.PlannedArray array, Map<String, INDArray> bound) {
        INDArray outside = bound.get(array.name());
        return outside != null
                ? outside
                : owned.computeIfAbsent(array.storage() + array.name(), key -> Nd4j.create(plan.type(), shape(array)));
    }

    private static INDArray shaped(INDArray array, Plan.PlannedArray planned) {
        return array.rank() == planned.shape().size() && Arrays.equals(array.shape(), shape(planned))
                ? array
                : array.reshape('c', true, shape(planned));
    }

    private static long[] shape(Plan.PlannedArray array) {
        return array.shape().stream().mapToLong(Long::longValue).toArray();
    }

    private static int[] axes(Plan.PlannedArray array) {
        return array.axes().stream().mapToInt(Integer::intValue).toArray();
    }

    /** oneDNN reads other layouts wrongly, or crashes. */
    private static INDArray contiguous(INDArray array) {
        if ((array.rank() > 1 && array.ordering() != 'c') || (array.length() > 1 && array.elementWiseStride() != 1)) {
            throw new IllegalArgumentException("arrays must be contiguous in c-order, got order " + array.ordering()
                    + " and stride " + array.elementWiseStride());
        }
        return array;
    }

    private Runnable custom(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        for (int i = 0; i < inputs.size(); i++) {
            context.setInputArray(i, inputs.get(i));
        }
        for (int i = 0; i < outputs.size(); i++) {
            context.setOutputArray(i, outputs.get(i));
        }
        context.setIArguments(call.arguments().integerArray());
        context.setTArguments(call.arguments().realArray());
        contexts.add(context);
        String name = call.operation().nativeName();
        long hash = DynamicCustomOp.builder(name).build().opHash();
        Pointer pointer = context.contextPointer();
        return () -> {
            if (natives.execCustomOp2(null, hash, pointer) != 0 || natives.lastErrorCode() != 0) {
                throw new IllegalStateException(name + " failed: " + natives.lastErrorMessage());
            }
        };
    }

    @Override
    public void run() {
        NativeThreads.one();
        Optional<OperationTimes> times = OperationTimes.current();
        for (Prepared call : calls) {
            if (times.isPresent()) {
                times.get().time(call.operation(), call.runner(), call.run());
            } else {
                call.run().run();
            }
        }
    }

    @Override
    public Set<String> inputs() {
        return plan.inputs().keySet();
    }

    @Override
    public Set<String> outputs() {
        return plan.outputs().keySet();
    }

    @Override
    public INDArray input(String name) {
        return named("input", plan.inputs(), name);
    }

    @Override
    public INDArray output(String name) {
        return named("output", plan.outputs(), name);
    }

    private INDArray named(String kind, Map<String, Integer> numbers, String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no " + kind + " is called " + name + "; there are " + numbers.keySet());
        }
        return arrays.get(number);
    }

    @Override
    public void close() {
        contexts.forEach(OpContext::purge);
        arena.close();
        owned.values().forEach(INDArray::close);
    }
}
