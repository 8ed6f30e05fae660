package io.fewshot4j.cuda;

import io.fewshot4j.cuda.Pointwise.Operand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** Text of a kernel that computes a group of pointwise operations, one thread for each entry. */
final class PointwiseKernel {
    static final int THREADS = 256;

    private final List<Pointwise> group;
    private final DataType type;
    private final Set<DeviceArray> stored = new LinkedHashSet<>();
    private final Map<DeviceArray, String> pointers = new LinkedHashMap<>();
    private final Map<DeviceArray, String> values = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    /** @param isRead whether an array that the group writes is read afterwards */
    PointwiseKernel(List<Pointwise> group, DataType type, Predicate<DeviceArray> isRead) {
        this.type = type;
        this.group = IntStream.range(0, group.size())
                .filter(i -> isRead.test(group.get(i).output()) || isReadIn(group.subList(i, group.size())))
                .mapToObj(group::get)
                .toList();
        this.group.stream()
                .map(operation -> flat(operation.output()))
                .filter(isRead)
                .forEach(stored::add);
        this.group.forEach(this::compute);
        stored.forEach(array -> lines.add(pointer(array) + "[i] = " + values.get(array) + ";"));
    }

    /** Whether the first one's result is read by the others. */
    private static boolean isReadIn(List<Pointwise> group) {
        DeviceArray output = group.get(0).output();
        return group.stream().skip(1).anyMatch(later -> later.reads().stream().anyMatch(output::isAt));
    }

    /** One key for all shapes of the same entries. */
    private static DeviceArray flat(DeviceArray array) {
        return new DeviceArray(array.offset(), List.of(array.length()));
    }

    private void compute(Pointwise operation) {
        Object[] operands = operation.operands().stream().map(this::text).toArray();
        String value = "v" + lines.size();
        lines.add("const real " + value + " = " + String.format(operation.expression(), operands) + ";");
        values.put(flat(operation.output()), value);
    }

    private String text(Operand operand) {
        if (operand instanceof Operand.Literal literal) {
            return Numbers.literal(literal.value(), type);
        }
        if (operand instanceof Operand.Whole whole) {
            return pointer(whole.array());
        }
        Operand.Entry entry = (Operand.Entry) operand;
        String computed = values.get(flat(entry.array()));
        if (computed != null) {
            return computed;
        }
        return pointer(entry.array()) + "["
                + (entry.at().isPlain() ? "i" : entry.at().index()) + "]";
    }

    private String pointer(DeviceArray array) {
        return pointers.computeIfAbsent(flat(array), key -> "p" + pointers.size());
    }

    /** The text, of which kernels that do the same to other arrays have the same. */
    String text(String name) {
        String parameters = pointers.entrySet().stream()
                .map(pointer -> (stored.contains(pointer.getKey()) ? "" : "const ") + "real* __restrict__ "
                        + pointer.getValue())
                .collect(Collectors.joining(", "));
        return "extern \"C\" __global__ void " + name + "(" + parameters + ") {\n"
                + "    typedef " + Numbers.index(arrays()) + " Index;\n"
                + "    const Index i = (Index)blockIdx.x * " + THREADS + " + threadIdx.x;\n"
                + "    if (i >= " + length() + ") return;\n"
                + lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining())
                + "}\n";
    }

    private Stream<DeviceArray> arrays() {
        return group.stream()
                .flatMap(operation -> Stream.concat(operation.reads().stream(), operation.writes().stream()));
    }

    private long length() {
        return group.get(0).output().length();
    }

    long blocks() {
        return (length() + THREADS - 1) / THREADS;
    }

    /** First entries of its arguments. */
    List<Long> arguments() {
        return pointers.keySet().stream().map(DeviceArray::offset).toList();
    }
}
