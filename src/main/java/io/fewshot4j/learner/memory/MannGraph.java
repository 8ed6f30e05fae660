package io.fewshot4j.learner.memory;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** The programs of a memory-augmented network: episodes are sequences, a step for each image. */
final class MannGraph {
    private MannGraph() {}

    /**
     * The loss over all images of a sequence ("sequence", a row for each step, "labels"), and the accuracy of those
     * that have a one-hot row in "counted": see {@link MetaProgram}.
     */
    static Program metaGradient(MannNetwork network, TaskShape shape, DataType type) {
        Graph graph = new Graph(shape.tasksPerGraph());
        Map<String, Value> weights = graph.inputs(network.layout());
        int queries = shape.episode().querySize();
        int steps = shape.episode().supportSize() + queries;
        Value seen = network.seen(weights, graph.taskInput("sequence", steps, network.inputs()));
        MannNetwork.State state = network.start(graph);
        List<Value> features = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            state = network.step(weights, Blocks.rows(seen, step, step + 1), state);
            features.add(state.features());
        }
        Value logits = network.logits(weights, Blocks.concatenateRows(features));
        Value loss = Losses.crossEntropy(logits, graph.taskInput("labels", steps, network.way()));
        Value accuracy = Losses.accuracy(logits, graph.taskInput("counted", steps, network.way()), queries);
        return MetaProgram.of(graph, weights, loss, Optional.of(accuracy), Map.of(), type);
    }

    /** Name of an input or output of queries after some rounds. */
    static String after(String what, int rounds) {
        return what + rounds;
    }

    /**
     * Logits ("logitsN") of queries, each alone ("queryN"), after N rounds of support images ("support"), for every N.
     *
     * @param rounds images of each round
     */
    static Program forward(MannNetwork network, List<Integer> rounds, int queries, DataType type) {
        Graph graph = new Graph(queries);
        Map<String, Value> weights = graph.inputs(network.layout());
        int images = rounds.stream().mapToInt(Integer::intValue).sum();
        Value support = network.seen(weights, graph.input("support", images, network.inputs()));
        MannNetwork.State state = network.start(graph);
        Map<String, Value> outputs = new LinkedHashMap<>();
        int step = 0;
        for (int round = 0; round <= rounds.size(); round++) {
            Value query = graph.taskInput(after("query", round), 1, network.inputs());
            Value features =
                    network.step(weights, network.seen(weights, query), state).features();
            outputs.put(after("logits", round), network.logits(weights, features));
            for (int end = step + (round < rounds.size() ? rounds.get(round) : 0); step < end; step++) {
                state = network.step(weights, Blocks.rows(support, step, step + 1), state);
            }
        }
        return Program.of(outputs, type);
    }
}
