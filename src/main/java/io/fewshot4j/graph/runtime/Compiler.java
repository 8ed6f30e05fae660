package io.fewshot4j.graph.runtime;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Turns a SameDiff graph into a {@link Plan}: reshapes and permutations become views, buffers are shared by liveness,
 * elementwise operations write in place.
 */
final class Compiler {
    private final Program program;
    private final List<SameDiffOp> operations;
    private final Map<String, String> roots = new HashMap<>();
    private final Map<String, Layout> permuted = new HashMap<>();
    /** The output that each computed root is written for. */
    private final Map<String, String> claimed = new HashMap<>();

    private final Map<String, Integer> lastUse = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Arena arena = new Arena();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<Plan.PlannedArray> arrays = new ArrayList<>();

    /** Memory layout of a variable that is not in c-order, and the order of its axes. */
    private record Layout(List<Long> memory, List<Integer> axes) {}

    private Compiler(Program program) {
        this.program = program;
        this.operations = new ArrayList<>(program.graph().getOps().values());
    }

    static Plan compile(Program program) {
        return new Compiler(program).plan();
    }

    private Plan plan() {
        findLastUses();
        program.outputs().forEach((name, variable) -> claim(root(variable), name));
        List<Plan.Call> calls = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            SameDiffOp operation = operations.get(i);
            if (!named(operation).isView()) {
                List<Integer> inputs = numbers(operation.getInputsToOp());
                place(operation, i);
                calls.add(call(operation, i, inputs));
                release(operation, i);
            }
        }
        Map<String, Integer> outputs = new HashMap<>();
        program.outputs().forEach((name, variable) -> outputs.put(name, output(name, variable, calls)));
        Map<String, Integer> inputs = new HashMap<>();
        for (SDVariable variable : program.graph().variables()) {
            if (variable.getVariableType() == VariableType.PLACEHOLDER) {
                inputs.put(variable.name(), number(variable.name()));
            }
        }
        return new Plan(program.type(), arrays, calls, arena.size(), inputs, outputs);
    }

    private void claim(String root, String output) {
        if (program.graph().getVariable(root).getVariableType() == VariableType.ARRAY) {
            claimed.putIfAbsent(root, output);
        }
    }

    /** Each output has an array of its own: a given one, or one that is an output already, is copied. */
    private int output(String name, String variable, List<Plan.Call> calls) {
        int computed = number(variable);
        if (name.equals(claimed.get(root(variable)))) {
            return computed;
        }
        arrays.add(new Plan.PlannedArray(Plan.Storage.OUTPUT, name, program.shape(variable), 0, List.of()));
        int copy = arrays.size() - 1;
        calls.add(new Plan.Call(NativeOperation.COPY, List.of(computed), List.of(copy), Set.of(), NativeArgs.NONE));
        return copy;
    }

    private static NativeOperation named(SameDiffOp operation) {
        return NativeOperation.named(operation.getOp().opName());
    }

    private void findLastUses() {
        for (int i = 0; i < operations.size(); i++) {
            SameDiffOp operation = operations.get(i);
            if (named(operation).isView()) {
                roots.put(
                        operation.getOutputsOfOp().get(0),
                        root(operation.getInputsToOp().get(0)));
            } else {
                for (String input : operation.getInputsToOp()) {
                    lastUse.put(root(input), i);
                }
                for (String output : operation.getOutputsOfOp()) {
                    lastUse.put(output, i);
                }
            }
            if (named(operation) == NativeOperation.PERMUTE) {
                permute(operation);
            }
        }
        program.outputs().values().forEach(variable -> lastUse.put(root(variable), Integer.MAX_VALUE));
    }

    /** Side of a permutation that is in c-order: it is im2col's permuted result, or what col2im permutes. */
    private void permute(SameDiffOp operation) {
        String input = operation.getInputsToOp().get(0);
        String output = operation.getOutputsOfOp().get(0);
        List<Integer> axes = Arrays.stream(((DynamicCustomOp) operation.getOp()).iArgs())
                .mapToInt(Math::toIntExact)
                .boxed()
                .toList();
        if (input.equals(root(input))) {
            List<Integer> back =
                    IntStream.range(0, axes.size()).map(axes::indexOf).boxed().toList();
            permuted.put(input, new Layout(program.shape(output), back));
        } else {
            permuted.put(output, new Layout(program.shape(input), axes));
        }
    }

    private String root(String variable) {
        return roots.getOrDefault(variable, variable);
    }

    private void place(SameDiffOp operation, int index) {
        Set<String> taken = new HashSet<>();
        for (String output : operation.getOutputsOfOp()) {
            if (claimed.containsKey(output)) {
                continue;
            }
            String reusable = reusable(operation, index, output);
            if (!reusable.isEmpty() && taken.add(reusable)) {
                offsets.put(output, offsets.remove(reusable));
            } else {
                offsets.put(output, arena.take(length(output)));
            }
        }
    }

    /** An input of the same length whose buffer nobody reads afterwards; empty where there is none. */
    private String reusable(SameDiffOp operation, int index, String output) {
        if (!named(operation).isInPlace()) {
            return "";
        }
        return operation.getInputsToOp().stream()
                .map(this::root)
                .filter(root -> offsets.containsKey(root)
                        && Lookup.in(lastUse, root) == index
                        && length(root) == length(output))
                .findFirst()
                .orElse("");
    }

    private void release(SameDiffOp operation, int index) {
        Set<String> dying = new HashSet<>();
        operation.getInputsToOp().forEach(input -> dying.add(root(input)));
        dying.addAll(operation.getOutputsOfOp());
        for (String root : dying) {
            if (offsets.containsKey(root) && Lookup.in(lastUse, root) == index) {
                arena.give(offsets.remove(root), length(root));
            }
        }
    }

    private long length(String variable) {
        return program.shape(variable).stream().reduce(1L, (a, b) -> a * b);
    }

    private Plan.Call call(SameDiffOp operation, int index, List<Integer> inputs) {
        List<Integer> outputs = numbers(operation.getOutputsOfOp());
        List<String> unread = operation.getOutputsOfOp().stream()
                .filter(output -> Lookup.in(lastUse, root(output)) == index)
                .toList();
        return new Plan.Call(named(operation), inputs, outputs, Set.copyOf(numbers(unread)), arguments(operation));
    }

    private static NativeArgs arguments(SameDiffOp operation) {
        return operation.getOp() instanceof DynamicCustomOp op
                ? new NativeArgs(
                        Arrays.stream(op.iArgs()).boxed().toList(),
                        Arrays.stream(op.tArgs()).boxed().toList())
                : NativeArgs.NONE;
    }

    private List<Integer> numbers(List<String> variables) {
        return variables.stream().map(this::number).toList();
    }

    private int number(String variable) {
        return numbers.computeIfAbsent(variable + "@" + offsets.getOrDefault(root(variable), -1L), key -> {
            arrays.add(array(variable));
            return arrays.size() - 1;
        });
    }

    private Plan.PlannedArray array(String variable) {
        String root = root(variable);
        Layout layout = permuted.getOrDefault(variable, new Layout(program.shape(variable), List.of()));
        List<Long> shape = layout.memory();
        List<Integer> axes = layout.axes();
        String output = claimed.get(root);
        if (output != null) {
            return new Plan.PlannedArray(Plan.Storage.OUTPUT, output, shape, 0, axes);
        }
        VariableType kind = program.graph().getVariable(root).getVariableType();
        return switch (kind) {
            case PLACEHOLDER -> new Plan.PlannedArray(Plan.Storage.INPUT, root, shape, 0, axes);
            case CONSTANT -> new Plan.PlannedArray(Plan.Storage.CONSTANT, root, shape, 0, axes);
            default -> new Plan.PlannedArray(Plan.Storage.ARENA, "", shape, Lookup.in(offsets, root), axes);
        };
    }
}
