package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.ReptileSettings.Combination;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The graphs of Reptile and FOML, all of first order: the images of a set and, as "SET-labels", one-hot rows. */
final class ReptileGraph {
    private ReptileGraph() {}

    /** The inputs of an inner step's batch. */
    static String batch(int step) {
        return "batch" + step;
    }

    /**
     * The inner steps and what becomes of them: see {@link MetaProgram}. The query set is scored after the last step, or
     * before it where the query set is that step's batch.
     */
    static Program metaGradient(GradientNetwork network, ReptileSettings settings, TaskShape shape, DataType type) {
        Graph graph = new Graph(shape.tasksPerGraph());
        InnerState start = InnerState.start(graph, settings, network.layout());
        InnerState before = start;
        InnerState state = start;
        List<Integer> sizes = InnerBatches.trainingSizes(settings, shape.episode());
        for (int step = 0; step < sizes.size(); step++) {
            before = state;
            state = state.step(settings, loss(network, graph, state, batch(step), sizes.get(step)));
        }
        int query = shape.episode().querySize();
        boolean separate = settings.tail() == Tail.SEPARATE;
        Map<String, Value> scored = separate ? before.weights() : state.weights();
        String set = separate ? batch(sizes.size() - 1) : "query";
        Value logits = network.logits(graph, scored, 0, set, query);
        Value labels = graph.taskInput(set + "-labels", query, network.way());
        Map<String, Value> figures = new LinkedHashMap<>(state.statistics());
        figures.put("loss", Losses.crossEntropy(logits, labels));
        figures.put("accuracy", Losses.accuracy(logits, labels, query));
        combined(settings, start, state).forEach((name, value) -> figures.put("grad." + name, value));
        return MetaProgram.means(graph, figures, type);
    }

    private static Map<String, Value> combined(ReptileSettings settings, InnerState start, InnerState end) {
        if (settings.combination() == Combination.LAST) {
            return end.updates();
        }
        double factor = settings.combination() == Combination.MEAN ? 1.0 / settings.innerSteps() : 1;
        Map<String, Value> combined = new LinkedHashMap<>(start.weights());
        combined.replaceAll((name, weight) -> Ops.scale(Ops.subtract(weight, Lookup.in(end.weights(), name)), factor));
        return combined;
    }

    private static Value loss(GradientNetwork network, Graph graph, InnerState state, String set, int images) {
        Value logits = network.logits(graph, state.weights(), 0, set, images);
        return Losses.crossEntropy(logits, graph.taskInput(set + "-labels", images, network.way()));
    }

    /** One step on {@link #batch} 0: weights and statistics after it, by their names. */
    static Program innerStep(GradientNetwork network, ReptileSettings settings, int images, DataType type) {
        Graph graph = new Graph();
        InnerState start = InnerState.start(graph, settings, network.layout());
        InnerState end = start.step(settings, loss(network, graph, start, batch(0), images));
        Map<String, Value> outputs = new LinkedHashMap<>(end.weights());
        outputs.putAll(end.statistics());
        return Program.of(outputs, type);
    }
}
