package io.fewshot4j.cuda;

import java.util.List;
import java.util.stream.Stream;

/**
 * An operation that gives each entry of its output by itself, so that a thread can have one.
 *
 * @param expression value of entry {@code i} in C, with {@code %s} for each operand in turn
 */
record Pointwise(String expression, List<Operand> operands, DeviceArray output) implements Node {
    Pointwise {
        operands = List.copyOf(operands);
    }

    /** One that reads an entry of each operand. */
    static Pointwise of(String expression, DeviceArray output, Operand... operands) {
        return new Pointwise(expression, List.of(operands), output);
    }

    @Override
    public List<DeviceArray> reads() {
        return operands.stream().flatMap(Operand::memory).toList();
    }

    @Override
    public List<DeviceArray> writes() {
        return List.of(output);
    }

    /** Whether all that it reads of an array is entry i for its own entry i. */
    boolean readsInStep(DeviceArray array) {
        return operands.stream()
                .filter(operand -> operand.memory().anyMatch(array::overlaps))
                .allMatch(operand -> operand instanceof Operand.Entry entry
                        && entry.at().isPlain()
                        && entry.array().isAt(array));
    }

    /** An input, as an expression reads it. */
    sealed interface Operand {
        /** Array that it is read from. */
        Stream<DeviceArray> memory();

        /** A number in the kernel's text. */
        record Literal(double value) implements Operand {
            @Override
            public Stream<DeviceArray> memory() {
                return Stream.empty();
            }
        }

        /** One entry, read where {@code at} says. */
        record Entry(DeviceArray array, Strided at) implements Operand {
            @Override
            public Stream<DeviceArray> memory() {
                return Stream.of(array);
            }
        }

        /** Any entries: a pointer to the first. */
        record Whole(DeviceArray array) implements Operand {
            @Override
            public Stream<DeviceArray> memory() {
                return Stream.of(array);
            }
        }
    }
}
