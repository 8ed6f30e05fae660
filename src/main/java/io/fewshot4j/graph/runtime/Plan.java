package io.fewshot4j.graph.runtime;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeArgument;
import io.fewshot4j.graph.operation.NativeOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A compiled program as a plain value: operations in order, and where each array lies. Any backend can run it.
 *
 * @param arrays every array by number
 * @param arenaLength entries of the one buffer that all intermediate arrays share
 * @param inputs the array number of each input
 * @param outputs the array number of each output
 */
public record Plan(
        DataType type,
        List<PlannedArray> arrays,
        List<Call> calls,
        long arenaLength,
        Map<String, Integer> inputs,
        Map<String, Integer> outputs) {
    public Plan {
        arrays = List.copyOf(arrays);
        calls = List.copyOf(calls);
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** Compiles a program. */
    public static Plan of(Program program) {
        return Compiler.compile(program);
    }

    /** Floating-point operations of convolutions, matrix products and inverses, two for each multiplication. */
    public double operations() {
        return calls.stream().mapToDouble(this::operations).sum();
    }

    private double operations(Call call) {
        return call.operation().work(shapes(call.inputs()), shapes(call.outputs()), call.arguments());
    }

    private List<List<Long>> shapes(List<Integer> numbers) {
        return numbers.stream().map(arrays::get).map(PlannedArray::shape).toList();
    }

    /** Bytes of intermediate arrays, inputs and outputs of one instance. */
    public long bufferBytes() {
        long given = Stream.of(inputs, outputs)
                .flatMap(numbers -> numbers.values().stream())
                .mapToLong(number -> arrays.get(number).length())
                .sum();
        return (arenaLength + given) * type.width();
    }

    /** Bytes of constants, which all instances of a program share. */
    public long constantBytes() {
        Map<String, Long> lengths = new HashMap<>();
        arrays.stream()
                .filter(array -> array.storage() == Storage.CONSTANT)
                .forEach(array -> lengths.put(array.name(), array.length()));
        return lengths.values().stream().mapToLong(Long::longValue).sum() * type.width();
    }

    /** The shape of an input. */
    public long[] inputShape(String name) {
        return arrays.get(Lookup.in(inputs, name)).shape().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Kind of an array's memory. */
    public enum Storage {
        INPUT,
        CONSTANT,
        ARENA,
        OUTPUT
    }

    /**
     * One array.
     *
     * @param name the input's, the output's or the constant's; empty in the arena
     * @param shape as it lies in memory, in c-order
     * @param offset the first entry in the arena; 0 elsewhere
     * @param axes the order of the axes in which it is seen; empty where that is the order in memory
     */
    public record PlannedArray(Storage storage, String name, List<Long> shape, long offset, List<Integer> axes) {
        public PlannedArray {
            shape = List.copyOf(shape);
            axes = List.copyOf(axes);
        }

        /** Number of entries. */
        public long length() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }
    }

    /**
     * One native operation on arrays by number.
     *
     * @param unread those of the outputs that nobody reads
     */
    public record Call(
            NativeOperation operation,
            List<Integer> inputs,
            List<Integer> outputs,
            Set<Integer> unread,
            NativeArgs arguments) {
        public Call {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            unread = Set.copyOf(unread);
            if (arguments.integers().size() != operation.integers().size()
                    || arguments.reals().size() != operation.reals().size()) {
                throw new IllegalArgumentException(operation.nativeName() + " needs " + operation.integers() + " and "
                        + operation.reals() + ", got " + arguments);
            }
        }

        /** An integer argument. */
        public int integer(NativeArgument argument) {
            return Math.toIntExact(arguments.integers().get(operation.integers().indexOf(argument)));
        }

        /** A real argument. */
        public double real(NativeArgument argument) {
            return arguments.reals().get(operation.reals().indexOf(argument));
        }

        /** Whether anybody reads an output, by its position. */
        public boolean isRead(int output) {
            return !unread.contains(outputs.get(output));
        }
    }
}
