package io.fewshot4j.graph.runtime;

import io.fewshot4j.cpu.NativeThreads;
import io.fewshot4j.graph.NativeArgs;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
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
 * Runs a {@link Plan} with every call prepared once. One instance serves one thread. What {@link DeviceOperations} take gives
 * the same numbers as SameDiff's own session but for rounding, all else the same bits.
 */
public final class Executor implements AutoCloseable {
    private static final List<DeviceOperations> DEVICES = Stream.concat(
                    Stream.of(new HostOperations()),
                    ServiceLoader.load(DeviceOperations.class).stream().map(ServiceLoader.Provider::get))
            .toList();

    private final Plan plan;
    private final INDArray arena;
    private final Map<String, INDArray> owned = new HashMap<>();
    private final List<INDArray> arrays = new ArrayList<>();
    private final List<Runnable> calls = new ArrayList<>();
    private final List<OpContext> contexts = new ArrayList<>();
    private final NativeOps natives;

    /**
     * @param program what to run; its constants are shared and read only
     * @param inputs those that live outside, c-order and contiguous, such as a model's parameters; the others get
     *     arrays of their own
     */
    public Executor(Program program, Plan plan, Map<String, INDArray> inputs) {
        this(program, plan, inputs, Map.of());
    }

    /**
     * An executor whose outputs live outside too, such as a gradient.
     *
     * @param outputs no input's array
     */
    public Executor(Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
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

    private Runnable prepared(Plan.Call call) {
        List<INDArray> inputs = call.inputs().stream().map(arrays::get).toList();
        List<INDArray> outputs = call.outputs().stream().map(arrays::get).toList();
        Runnable whole = prepared(call, inputs, outputs);
        List<Runnable> parts = Part.of(call, inputs, outputs).stream()
                .map(part -> prepared(call, part.inputs(), part.outputs()))
                .toList();
        return parts.isEmpty() ? whole : () -> Helpers.ofThread().run(whole, parts);
    }

    private Runnable prepared(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        for (DeviceOperations device : DEVICES) {
            Optional<Runnable> own = device.prepare(call, inputs, outputs);
            if (own.isPresent()) {
                return own.get();
            }
        }
        return Transform.named(call.operation())
                .map(transform -> transform.prepared(inputs.get(0), outputs.get(0)))
                .orElseGet(() -> custom(call, inputs, outputs));
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
        NativeArgs arguments = new NativeArgs(call.integers(), call.reals());
        context.setIArguments(arguments.integerArray());
        context.setTArguments(arguments.realArray());
        contexts.add(context);
        long hash = DynamicCustomOp.builder(call.operation()).build().opHash();
        Pointer pointer = context.contextPointer();
        return () -> {
            if (natives.execCustomOp2(null, hash, pointer) != 0 || natives.lastErrorCode() != 0) {
                throw new IllegalStateException(call.operation() + " failed: " + natives.lastErrorMessage());
            }
        };
    }

    /** Runs every operation once on the inputs as they are. */
    public void run() {
        NativeThreads.one();
        Optional<OperationTimes> times = OperationTimes.current();
        if (times.isPresent()) {
            for (int i = 0; i < calls.size(); i++) {
                times.get().time(plan.calls().get(i).operation(), calls.get(i));
            }
            return;
        }
        for (Runnable call : calls) {
            call.run();
        }
    }

    /** An input's array: to be written before {@link #run}. */
    public INDArray input(String name) {
        Integer number = plan.inputs().get(name);
        if (number == null) {
            throw new IllegalArgumentException("no input is called " + name + "; there are "
                    + plan.inputs().keySet());
        }
        return arrays.get(number);
    }

    /** An output's array: valid until the next {@link #run}. */
    public INDArray output(String name) {
        Integer number = plan.outputs().get(name);
        if (number == null) {
            throw new IllegalArgumentException("no output is called " + name + "; there are "
                    + plan.outputs().keySet());
        }
        return arrays.get(number);
    }

    /** Plan that it runs. */
    public Plan plan() {
        return plan;
    }

    @Override
    public void close() {
        contexts.forEach(OpContext::purge);
        arena.close();
        owned.values().forEach(INDArray::close);
    }
}
