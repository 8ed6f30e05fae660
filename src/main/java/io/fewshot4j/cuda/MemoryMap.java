package io.fewshot4j.cuda;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.graph.runtime.Plan.PlannedArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Places of a plan's arrays in one block of the device's memory: inputs side by side, outputs side by side, the arena,
 * and behind it those constants that are read, placed when they are first asked for.
 */
final class MemoryMap {
    /** Entries between two arrays' beginnings: 256 bytes of floats. */
    private static final long ALIGNMENT = 64;

    private final Plan plan;
    private final Function<String, INDArray> values;
    private final Map<String, Long> inputs = new TreeMap<>();
    private final Map<String, Long> outputs = new TreeMap<>();
    private final Map<String, Long> constants = new LinkedHashMap<>();
    private final long arena;
    private long length;

    /** @param values of a constant by name */
    MemoryMap(Plan plan, Function<String, INDArray> values) {
        this.plan = plan;
        this.values = values;
        new TreeMap<>(plan.inputs()).forEach((name, number) -> inputs.put(name, append(array(number))));
        new TreeMap<>(plan.outputs()).forEach((name, number) -> outputs.put(name, append(array(number))));
        arena = length;
        length += aligned(plan.arenaLength());
    }

    private PlannedArray array(int number) {
        return plan.arrays().get(number);
    }

    private long append(PlannedArray array) {
        return append(array.length());
    }

    private long append(long entries) {
        long offset = length;
        length += aligned(entries);
        return offset;
    }

    /** Room that nothing else uses. */
    DeviceArray scratch(long entries) {
        return new DeviceArray(append(entries), List.of(entries));
    }

    private static long aligned(long entries) {
        return (entries + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** An array by its number in the plan. */
    DeviceArray at(int number) {
        PlannedArray array = array(number);
        long offset = switch (array.storage()) {
            case INPUT -> Lookup.in(inputs, array.name());
            case OUTPUT -> Lookup.in(outputs, array.name());
            case CONSTANT -> constants.computeIfAbsent(array.name(), name -> append(array));
            case ARENA -> arena + array.offset();
        };
        return new DeviceArray(offset, array.shape());
    }

    /** The number that all entries of a constant are; not a number where they differ, and of other arrays. */
    double fill(int number) {
        PlannedArray array = array(number);
        if (array.storage() != Plan.Storage.CONSTANT) {
            return Double.NaN;
        }
        INDArray constant = values.apply(array.name());
        double least = constant.minNumber().doubleValue();
        return least == constant.maxNumber().doubleValue() ? least : Double.NaN;
    }

    /** Shape of an array, which need not have a place. */
    List<Long> shape(int number) {
        return array(number).shape();
    }

    /** First entries by name. */
    Map<String, Long> inputs() {
        return inputs;
    }

    Map<String, Long> outputs() {
        return outputs;
    }

    /** First entries of the constants that are read. */
    Map<String, Long> constants() {
        return constants;
    }

    /** End of the inputs and beginning of the outputs. */
    long outputsFrom() {
        return outputs.values().stream().mapToLong(Long::longValue).min().orElse(arena);
    }

    /** End of the outputs. */
    long arena() {
        return arena;
    }

    /** Entries of the whole block. */
    long length() {
        return length;
    }
}
