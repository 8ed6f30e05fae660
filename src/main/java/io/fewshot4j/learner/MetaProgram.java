package io.fewshot4j.learner;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.TaskSums;
import io.fewshot4j.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** What every learner's graph of a meta-gradient gives: means over its tasks of "loss", "accuracy", "grad.NAME" of each parameter, and statistics seen. */
public final class MetaProgram {
    private MetaProgram() {}

    /**
     * The program of a graph's tasks.
     *
     * @param parameters by name, the same for all tasks
     * @param loss of a task, a scalar
     * @param accuracy of a task, a scalar
     * @param statistics of a task, by name
     */
    public static Program of(
            Graph graph,
            Map<String, Value> parameters,
            Value loss,
            Value accuracy,
            Map<String, Value> statistics,
            DataType type) {
        Map<String, Value> means = new LinkedHashMap<>(statistics);
        means.put("loss", loss);
        means.put("accuracy", accuracy);
        List<Value> gradients = Gradients.of(loss, new ArrayList<>(parameters.values()));
        List<String> names = List.copyOf(parameters.keySet());
        for (int i = 0; i < names.size(); i++) {
            means.put("grad." + names.get(i), gradients.get(i));
        }
        return means(graph, means, type);
    }

    /** Values of each task as means over the graph's tasks. */
    public static Program means(Graph graph, Map<String, Value> values, DataType type) {
        Map<String, Value> means = new LinkedHashMap<>(values);
        means.replaceAll((name, value) -> Ops.scale(TaskSums.of(value), 1.0 / graph.tasks()));
        return Program.of(means, type);
    }
}
