package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The graphs of Reptile and FOML, of first order: every task has weights of its own, given as inputs. */
final class ReptileGraph {
    private ReptileGraph() {}

    /** The gradient of each weight, by its name, on an inner batch: "support" and "support-labels". */
    static Program gradient(GradientNetwork network, int tasks, int images, DataType type) {
        Graph graph = new Graph(tasks);
        Map<String, Value> weights = taskInputs(graph, network.layout(), "");
        Value logits = network.logits(graph, weights, "support", images);
        Value loss = Losses.crossEntropy(logits, graph.taskInput("support-labels", images, network.way()));
        List<Value> gradients = Gradients.of(loss, new ArrayList<>(weights.values()));
        List<String> names = List.copyOf(weights.keySet());
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            outputs.put(names.get(i), gradients.get(i));
        }
        return Program.of(outputs, type);
    }

    /**
     * What becomes of the tasks: see {@link MetaProgram}. The query set is scored after the last inner step, or before it
     * where the query set is that step's batch.
     */
    static Program figures(GradientNetwork network, ReptileSettings settings, TaskShape shape, DataType type) {
        Graph graph = new Graph(shape.tasksPerGraph());
        ParameterLayout layout = network.layout();
        Map<String, Value> adapted = taskInputs(graph, layout, InnerSteps.ADAPTED);
        Map<String, Value> last = taskInputs(graph, layout, InnerSteps.LAST);
        Map<String, Value> scored = new LinkedHashMap<>(adapted);
        if (settings.tail() == ReptileSettings.Tail.SEPARATE) {
            scored.replaceAll((name, weight) -> Ops.add(weight, Lookup.in(last, name)));
        }
        int query = shape.episode().querySize();
        Value logits = network.logits(graph, scored, "query", query);
        Value labels = graph.taskInput("query-labels", query, network.way());
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("loss", Losses.crossEntropy(logits, labels));
        outputs.put("accuracy", Losses.accuracy(logits, labels, query));
        combined(graph, layout, settings, last).forEach((name, value) -> outputs.put("grad." + name, value));
        if (settings.innerOptimizer() == ReptileSettings.InnerOptimizer.ADAM) {
            taskInputs(graph, layout, InnerSteps.MOMENT)
                    .forEach((name, value) -> outputs.put(InnerSteps.statistic(name), value));
            outputs.put(InnerSteps.SHARE, graph.input(InnerSteps.NEW_SHARE, 1, 1));
        }
        return MetaProgram.means(graph, outputs, type);
    }

    private static Map<String, Value> combined(
            Graph graph, ParameterLayout layout, ReptileSettings settings, Map<String, Value> last) {
        if (settings.combination() == ReptileSettings.Combination.LAST) {
            return last;
        }
        Map<String, Value> sum = taskInputs(graph, layout, InnerSteps.SUM);
        if (settings.combination() == ReptileSettings.Combination.MEAN) {
            sum.replaceAll((name, value) -> Ops.scale(value, 1.0 / settings.innerSteps()));
        }
        return sum;
    }

    /** An input for each array of a layout, by its name with a prefix, of each task. */
    private static Map<String, Value> taskInputs(Graph graph, ParameterLayout layout, String prefix) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : layout.entries()) {
            inputs.put(entry.name(), graph.taskInput(prefix + entry.name(), rows(entry), columns(entry)));
        }
        return inputs;
    }

    private static int columns(ParameterLayout.Entry entry) {
        return Math.toIntExact(entry.shape().get(entry.shape().size() - 1));
    }

    private static int rows(ParameterLayout.Entry entry) {
        return Math.toIntExact(entry.length() / columns(entry));
    }
}
