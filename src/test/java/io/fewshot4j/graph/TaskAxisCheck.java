package io.fewshot4j.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A rule, its gradient, and the gradient of its gradient, in a graph of several tasks and in one graph for each.
 *
 * @param mixture bit i says whether operand i is each task's own; the last bit is the weights' that make a loss of the
 *     result
 */
record TaskAxisCheck(RuleCase rule, int mixture) {
    private static final int TASKS = 3;

    private static final int FEW = 4;

    /**
     * Every mixture of shared operands and operands of tasks, but that of shared ones alone; where operands are many,
     * one of tasks, or one shared, or none.
     */
    static List<TaskAxisCheck> mixtures(RuleCase rule) {
        int all = rule.operands().size() + 1;
        return IntStream.range(1, 1 << all)
                .filter(mixture -> all <= FEW || Integer.bitCount(mixture) == 1 || Integer.bitCount(mixture) >= all - 1)
                .mapToObj(mixture -> new TaskAxisCheck(rule, mixture))
                .toList();
    }

    /** The largest difference of any output, relative to its largest entry. */
    double error() {
        Random random = new Random(mixture);
        Graph all = new Graph(TASKS);
        Map<String, Value> outputs = outputs(all);
        Map<String, double[]> inputs = new LinkedHashMap<>();
        Map<String, Integer> lengths = new LinkedHashMap<>();
        List<Shape> shapes = shapes();
        for (int i = 0; i < shapes.size(); i++) {
            int length = (int) shapes.get(i).length();
            lengths.put("x" + i, length);
            inputs.put("x" + i, values(random, isOfTask(i) ? TASKS * length : length));
        }
        Map<String, double[]> expected = new LinkedHashMap<>();
        for (int task = 0; task < TASKS; task++) {
            add(expected, alone(slices(inputs, lengths, task)), outputs);
        }
        double worst = 0;
        try (Calculator together = new Calculator(sums(outputs), inputs)) {
            together.run();
            for (Map.Entry<String, double[]> entry : expected.entrySet()) {
                worst = Math.max(worst, difference(together.get(entry.getKey()), entry.getValue()));
            }
        }
        return worst;
    }

    private boolean isOfTask(int operand) {
        return (mixture >> operand & 1) == 1;
    }

    private double[] values(Random random, int count) {
        return random.doubles(count, 0.2, 1.2)
                .map(x -> rule.positive() || random.nextBoolean() ? x : -x)
                .toArray();
    }

    /** The operands' shapes, and the result's. */
    private List<Shape> shapes() {
        Graph graph = new Graph();
        List<Value> operands = new ArrayList<>();
        for (Shape shape : rule.operands()) {
            operands.add(graph.input("x" + operands.size(), shape.rows(), shape.columns()));
        }
        List<Shape> shapes = new ArrayList<>(rule.operands());
        shapes.add(rule.operation().apply(operands).shape());
        return shapes;
    }

    /** The rule's result, the gradients of its weighted sum, and the gradients of the sum of their squares. */
    private Map<String, Value> outputs(Graph graph) {
        List<Value> inputs = new ArrayList<>();
        for (Shape shape : shapes()) {
            int number = inputs.size();
            inputs.add(
                    isOfTask(number)
                            ? graph.taskInput("x" + number, shape.rows(), shape.columns())
                            : graph.input("x" + number, shape.rows(), shape.columns()));
        }
        Value result = rule.operation().apply(inputs.subList(0, inputs.size() - 1));
        Value loss = Ops.sum(Ops.multiply(result, inputs.get(inputs.size() - 1)));
        Map<String, Value> outputs = new LinkedHashMap<>(Map.of("result", result));
        List<Value> first = Gradients.of(loss, inputs);
        Value squares = graph.filled(1, 1, 0);
        for (int i = 0; i < first.size(); i++) {
            outputs.put("first" + i, first.get(i));
            squares = Ops.add(Ops.sum(Ops.multiply(first.get(i), first.get(i))), squares);
        }
        List<Value> second = Gradients.of(squares, inputs);
        for (int i = 0; i < second.size(); i++) {
            outputs.put("second" + i, second.get(i));
        }
        return outputs;
    }

    /** Each output's sum over the tasks, and where the tasks have one each, those too. */
    private static Map<String, Value> sums(Map<String, Value> outputs) {
        Map<String, Value> all = new LinkedHashMap<>();
        outputs.forEach((name, value) -> {
            all.put(name, TaskSums.of(value));
            if (value.perTask()) {
                all.put("each " + name, value);
            }
        });
        return all;
    }

    private Map<String, double[]> slices(Map<String, double[]> inputs, Map<String, Integer> lengths, int task) {
        Map<String, double[]> slices = new LinkedHashMap<>(inputs);
        lengths.forEach((name, length) -> {
            if (isOfTask(Integer.parseInt(name.substring(1)))) {
                double[] all = Lookup.in(inputs, name);
                slices.put(name, Arrays.copyOfRange(all, task * length, (task + 1) * length));
            }
        });
        return slices;
    }

    private Map<String, double[]> alone(Map<String, double[]> inputs) {
        Map<String, Value> outputs = outputs(new Graph());
        Map<String, double[]> results = new LinkedHashMap<>();
        try (Calculator calculator = new Calculator(outputs, inputs)) {
            calculator.run();
            outputs.keySet().forEach(name -> results.put(name, calculator.get(name)));
        }
        return results;
    }

    private static void add(
            Map<String, double[]> expected, Map<String, double[]> one, Map<String, Value> outputsOfAll) {
        one.forEach((name, values) -> {
            expected.merge(name, values.clone(), TaskAxisCheck::sum);
            if (Lookup.in(outputsOfAll, name).perTask()) {
                expected.merge("each " + name, values, TaskAxisCheck::joined);
            }
        });
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    private static double[] joined(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double difference(double[] actual, double[] expected) {
        if (actual.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest =
                Math.max(1e-3, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        return IntStream.range(0, actual.length)
                        .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
                        .max()
                        .orElse(0)
                / largest;
    }

    @Override
    public String toString() {
        return rule + ", each task's own: " + Integer.toBinaryString(mixture);
    }
}
