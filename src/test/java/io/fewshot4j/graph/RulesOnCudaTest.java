package io.fewshot4j.graph;

import io.fewshot4j.cuda.BothExecutors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Every operation with its gradients of first and second order, all in one program, by CUDA's kernels and by the
 * processor.
 */
final class RulesOnCudaTest {
    @ParameterizedTest
    @CsvSource({"DOUBLE, 1, 1e-10", "FLOAT, 1, 1e-5", "FLOAT, 3, 1e-5"})
    void rules_are_what_they_are_on_the_processor(DataType type, int tasks, double limit) {
        BothExecutors.requireClose(program(type, tasks), 3, limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {75, 80, 90, 100, 120})
    void kernels_compile_for_every_generation_without_warnings_and_spills(int capability) {
        BothExecutors.requireCompiled(program(DataType.FLOAT, 3), capability);
    }

    private static Program program(DataType type, int tasks) {
        Graph graph = new Graph(tasks);
        Map<String, Value> outputs = new LinkedHashMap<>();
        Stream<RuleCase> convolutions = tasks == 1 ? RulesTest.convolutions() : Stream.of();
        Stream.concat(RulesTest.rules(), convolutions).forEach(rule -> add(rule, graph, outputs));
        return Program.of(outputs, type);
    }

    /** Operations that move numbers, with odd sizes, with and without zeros around images. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void moves_have_the_same_bits(int tasks) {
        Graph graph = new Graph(tasks);
        Map<String, Value> outputs = new LinkedHashMap<>();
        Value a = graph.taskInput("a", 5, 7);
        Value b = graph.taskInput("b", 5, 7);
        Value row = graph.input("row", 1, 7);
        Value joined = Blocks.concatenateColumns(List.of(a, b, a));
        outputs.put("joined", joined);
        outputs.put("below", Blocks.concatenateRows(List.of(row, a, row, b)));
        outputs.put("turned", Blocks.transpose(joined));
        outputs.put("columns", Blocks.columns(joined, 5, 16));
        outputs.put("rows", Blocks.rows(Blocks.transpose(joined), 3, 20));
        outputs.put("padded", Ops.make(new Slices.Pad(Slices.Axis.COLUMNS, 2, 3), a));
        outputs.put("repeated", Blocks.repeatRows(a, 5, 3));
        outputs.put("positive", Ops.relu(a));
        RulesTest.geometries().forEach(geometry -> {
            Value images =
                    graph.taskInput("x" + outputs.size(), geometry.input().rows(), geometry.channels());
            outputs.put(geometry.toString(), Ops.make(new Unfolding.Unfold(geometry), images));
        });

        BothExecutors.requireSame(Program.of(outputs, DataType.FLOAT), 1);
    }

    private static void add(RuleCase rule, Graph graph, Map<String, Value> outputs) {
        String name = outputs.size() + " " + rule.name();
        List<Value> operands = new ArrayList<>();
        for (Shape shape : rule.operands()) {
            operands.add(graph.taskInput(input(rule, outputs.size(), operands.size()), shape.rows(), shape.columns()));
        }
        Value result = rule.operation().apply(operands);
        Value weights = graph.taskInput(input(rule, outputs.size(), operands.size()), result.rows(), result.columns());
        List<Value> first = Gradients.of(Ops.sum(Ops.multiply(result, weights)), operands);
        Value squares = first.stream()
                .map(gradient -> Ops.sum(Ops.multiply(gradient, gradient)))
                .reduce(graph.filled(1, 1, 0), Ops::add);
        List<Value> second = Gradients.of(squares, operands);
        outputs.put(name, result);
        for (int i = 0; i < operands.size(); i++) {
            outputs.put(name + ", first order " + i, first.get(i));
            outputs.put(name + ", second order " + i, second.get(i));
        }
    }

    private static String input(RuleCase rule, int number, int operand) {
        return "x" + number + "-" + operand + (rule.positive() ? ".variance" : "");
    }
}
