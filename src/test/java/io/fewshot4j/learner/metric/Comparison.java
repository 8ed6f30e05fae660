package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** A metric's comparison, of embedded images that a test writes down. */
final class Comparison {
    private final Graph graph = new Graph();
    private final Map<String, double[]> inputs = new LinkedHashMap<>();
    private final Map<String, Value> weights = new LinkedHashMap<>();

    /** A matrix of the test's own. */
    Value matrix(String name, double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        inputs.put(name, values);
        return graph.input(name, rows.length, rows[0].length);
    }

    /** One of the metric's parameters. */
    Comparison weight(String name, double[][] rows) {
        weights.put(name, matrix(name, rows));
        return this;
    }

    Graph graph() {
        return graph;
    }

    Map<String, Value> weights() {
        return weights;
    }

    /** "logits" of the queries and the "loss" of their labels. */
    Map<String, double[]> answer(
            Metric metric, double[][] shares, double[][] support, double[][] query, double[][] labels) {
        Embedded task = Embedded.apart(
                graph,
                weights,
                matrix("shares", shares),
                labels.length,
                matrix("support", support),
                matrix("query", query));
        Answer answer = metric.compare(task, BatchNorm.batch());
        return run(Map.of("logits", answer.logits(), "loss", answer.loss().apply(matrix("labels", labels))));
    }

    /** The values of some outputs. */
    Map<String, double[]> run(Map<String, Value> outputs) {
        Program program = Program.of(outputs, DataType.DOUBLE);
        Map<String, double[]> results = new LinkedHashMap<>();
        Plan plan = Plan.of(program);
        try (Executor executor = Executor.of(program, plan, Map.of(), Map.of())) {
            plan.inputs().keySet().forEach(name -> Transfer.write(Lookup.in(inputs, name), executor.input(name)));
            executor.run();
            outputs.keySet().forEach(name -> results.put(name, Transfer.read(executor.output(name))));
        }
        return results;
    }
}
