package io.fewshot4j.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Compares gradients with central differences in double. An error is relative to the largest entry of its input's
 * gradient.
 */
final class RuleCheck {
    private static final double WIDTH = 1e-5;
    /** Least value that counts as the largest entry, as where all are zero. */
    private static final double SMALLEST = 1e-3;

    private final Graph graph;
    private final Map<String, Value> wrt = new LinkedHashMap<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final Random random = new Random(1);

    private RuleCheck(Graph graph) {
        this.graph = graph;
    }

    /** The gradients of a rule's weighted sum, in a graph of any number of tasks. */
    static Map<String, Value> firstOrder(RuleCase rule, Graph graph) {
        RuleCheck check = new RuleCheck(graph);
        return check.gradients(check.loss(rule));
    }

    /** The error of the rule's gradient: by the operands and by the weights of the sum that makes a loss of it. */
    static double first(RuleCase rule) {
        RuleCheck check = new RuleCheck(new Graph());
        return check.error(check.loss(rule));
    }

    /** The error of the gradient of a weighted sum of the gradient's squares. */
    static double second(RuleCase rule) {
        RuleCheck check = new RuleCheck(new Graph());
        Value loss = check.loss(rule);
        Value sum = check.graph.filled(1, 1, 0);
        for (Value gradient : Gradients.of(loss, new ArrayList<>(check.wrt.values()))) {
            Value weights = check.input(gradient.shape(), false);
            sum = Ops.add(Ops.sum(Ops.multiply(Ops.multiply(gradient, gradient), weights)), sum);
        }
        return check.error(sum);
    }

    private Value loss(RuleCase rule) {
        List<Value> operands = rule.operands().stream()
                .map(shape -> input(shape, rule.positive()))
                .toList();
        Value result = rule.operation().apply(operands);
        return Ops.sum(Ops.multiply(result, input(result.shape(), false)));
    }

    /** Entries of magnitude 0.2 to 1.2: away from kinks at 0. */
    private Value input(Shape shape, boolean positive) {
        String name = "x" + wrt.size() + (positive ? ".variance" : "");
        Value value = graph.taskInput(name, shape.rows(), shape.columns());
        wrt.put(name, value);
        values.put(
                name,
                random.doubles(shape.length(), 0.2, 1.2)
                        .map(x -> positive || random.nextBoolean() ? x : -x)
                        .toArray());
        return value;
    }

    private Map<String, Value> gradients(Value loss) {
        List<Value> gradients = Gradients.of(loss, new ArrayList<>(wrt.values()));
        Map<String, Value> outputs = new LinkedHashMap<>();
        wrt.keySet().forEach(name -> outputs.put(name, gradients.get(outputs.size())));
        return outputs;
    }

    private double error(Value loss) {
        double worst = 0;
        try (Calculator analytic = new Calculator(gradients(loss), values);
                Calculator numeric = new Calculator(Map.of("loss", loss), values)) {
            analytic.run();
            for (String name : wrt.keySet()) {
                worst = Math.max(worst, error(analytic.get(name), Lookup.in(values, name), numeric));
            }
        }
        return worst;
    }

    private static double error(double[] gradient, double[] entries, Calculator loss) {
        double largest = SMALLEST;
        double difference = 0;
        for (int i = 0; i < entries.length; i++) {
            double entry = entries[i];
            entries[i] = entry + WIDTH;
            double above = loss.run().get("loss")[0];
            entries[i] = entry - WIDTH;
            double below = loss.run().get("loss")[0];
            entries[i] = entry;
            largest = Math.max(largest, Math.abs(gradient[i]));
            difference = Math.max(difference, Math.abs((above - below) / (2 * WIDTH) - gradient[i]));
        }
        return difference / largest;
    }
}
