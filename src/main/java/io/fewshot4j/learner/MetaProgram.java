package io.fewshot4j.learner;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.TaskSums;
import io.fewshot4j.graph.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Programs of meta-gradients: means over their tasks of "loss", "accuracy" where there is one, "grad.NAME" of each
 * parameter, and statistics seen.
 */
public final class MetaProgram {
    private MetaProgram() {}

    /**
     * The program of a graph's tasks.
     *
     * @param parameters by name, the same for all tasks
     * @param loss of a task, a scalar
     * @param accuracy of a task, a scalar; empty where answers are not right or wrong
     * @param statistics of a task, by name
     */
    public static Program of(
            Graph graph,
            Map<String, Value> parameters,
            Value loss,
            Optional<Value> accuracy,
            Map<String, Value> statistics,
            DataType type) {
        Map<String, Value> figures = new LinkedHashMap<>(statistics);
        figures.put("loss", loss);
        accuracy.ifPresent(share -> figures.put("accuracy", share));
        return of(graph, figures, Gradients.of(loss, parameters), type);
    }

    /**
     * A program of gradients that are there already.
     *
     * @param figures of a task, by name: "loss", "accuracy" where there is one, and statistics
     * @param gradients of a task, by the parameters' names
     */
    public static Program of(Graph graph, Map<String, Value> figures, Map<String, Value> gradients, DataType type) {
        Map<String, Value> all = new LinkedHashMap<>(figures);
        gradients.forEach((name, value) -> all.put("grad." + name, value));
        return means(graph, all, type);
    }

    /** Values of each task as means over the graph's tasks. */
    public static Program means(Graph graph, Map<String, Value> values, DataType type) {
        Map<String, Value> means = new LinkedHashMap<>(values);
        means.replaceAll((name, value) -> Ops.scale(TaskSums.of(value), 1.0 / graph.tasks()));
        return Program.of(means, type);
    }
}
