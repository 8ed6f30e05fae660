package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.gradient.ReptileNetwork.Combination;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The graphs of Reptile and FOML, all of first order, on sets of examples. */
final class ReptileGraph {
    private ReptileGraph() {}

    /** Sets of the inner steps of training. */
    static List<SetInput> batches(ReptileNetwork network) {
        List<Integer> sizes =
                InnerBatches.trainingSizes(network.settings(), network.shape().episode());
        List<SetInput> batches = new ArrayList<>();
        for (int step = 0; step < sizes.size(); step++) {
            batches.add(network.shape().set("batch" + step, sizes.get(step)));
        }
        return batches;
    }

    /** Set that is scored: the queries, or the last batch where that is the query set. */
    static SetInput scored(ReptileNetwork network) {
        List<SetInput> batches = batches(network);
        return isSeparate(network)
                ? batches.get(batches.size() - 1)
                : network.shape().query();
    }

    private static boolean isSeparate(ReptileNetwork network) {
        return network.settings().tail() == Tail.SEPARATE;
    }

    /**
     * The inner steps and what becomes of them: see {@link MetaProgram}. The query set is scored after the last step,
     * or before it where the query set is that step's batch.
     */
    static Program metaGradient(ReptileNetwork network, DataType type) {
        Graph graph = new Graph(network.shape().tasksPerGraph());
        InnerState start = InnerState.start(graph, network);
        InnerState before = start;
        InnerState state = start;
        for (SetInput batch : batches(network)) {
            before = state;
            state = state.step(network.settings(), network.loss(graph, state.weights(), batch));
        }
        SetInput scored = scored(network);
        Value outputs = network.outputs(graph, (isSeparate(network) ? before : state).weights(), scored);
        Value targets = scored.targets(graph);
        Map<String, Value> figures = new LinkedHashMap<>(state.statistics());
        figures.put("loss", network.shape().objective().loss(outputs, targets));
        network.shape().objective().accuracy(outputs, targets).ifPresent(accuracy -> figures.put("accuracy", accuracy));
        return MetaProgram.of(graph, figures, combined(network, start, state), type);
    }

    private static Map<String, Value> combined(ReptileNetwork network, InnerState start, InnerState end) {
        if (network.combination() == Combination.LAST) {
            return end.updates();
        }
        Map<String, Value> combined = new LinkedHashMap<>(start.weights());
        combined.replaceAll((name, weight) -> Ops.subtract(weight, Lookup.in(end.weights(), name)));
        return combined;
    }

    /** One step on a set: weights and statistics after it, by their names. */
    static Program innerStep(ReptileNetwork network, SetInput batch, DataType type) {
        Graph graph = new Graph();
        InnerState start = InnerState.start(graph, network);
        InnerState end = start.step(network.settings(), network.loss(graph, start.weights(), batch));
        Map<String, Value> outputs = new LinkedHashMap<>(end.weights());
        outputs.putAll(end.statistics());
        return Program.of(outputs, type);
    }

    /** Outputs of batches, each a task's. */
    static Program forward(ReptileNetwork network, int batches, SetInput set, DataType type) {
        Graph graph = new Graph(batches);
        Value outputs = network.outputs(graph, graph.inputs(network.layout()), set);
        return Program.of(Map.of(AdaptationGraphs.OUTPUTS, outputs), type);
    }

    /** Mean loss of a set, as {@link AdaptationGraphs#OUTPUTS}. */
    static Program loss(ReptileNetwork network, SetInput set, DataType type) {
        Graph graph = new Graph();
        Value loss = network.loss(graph, graph.inputs(network.layout()), set);
        return Program.of(Map.of(AdaptationGraphs.OUTPUTS, loss), type);
    }
}
