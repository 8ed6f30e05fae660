package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Particles;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.SteinUpdate;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graphs of {@link Bmaml}: images "support" and "query", and one-hot rows with "-labels" to the set's name. The support
 * set and the queries are each a batch of their own for batch normalisation.
 */
final class ParticleGraph {
    static final String LEADER = "leader.";

    private final ParticleNetwork network;
    private final Graph graph;
    private final Map<String, Value> parameters;

    private ParticleGraph(ParticleNetwork network, int tasks) {
        this.network = network;
        this.graph = new Graph(tasks);
        this.parameters = graph.inputs(network.layout());
    }

    /** The chaser loss, its gradient, and how often the chasers together are right about the queries: see {@link MetaProgram}. */
    static Program metaGradient(ParticleNetwork network, TaskShape shape, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, shape.tasksPerGraph());
        List<Map<String, Value>> chasers = graph.chasers(shape.episode());
        Value loss = SteinUpdate.chaserLoss(chasers, graph.leaders(chasers, shape.episode()));
        int query = shape.episode().querySize();
        Value probabilities = graph.probabilities(chasers, "query", query);
        Value accuracy = Losses.accuracy(probabilities, graph.labels("query", query), query);
        return MetaProgram.of(graph.graph, graph.parameters, loss, accuracy, Map.of(), type);
    }

    /** Where the leaders come to, each array as {@link #LEADER} and its name. */
    static Program leaders(ParticleNetwork network, EpisodeShape shape, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, 1);
        Map<String, Value> outputs = new LinkedHashMap<>();
        Particles.join(graph.leaders(graph.chasers(shape), shape))
                .forEach((name, weight) -> outputs.put(LEADER + name, weight));
        return Program.of(outputs, type);
    }

    /** The chaser loss ("loss") for leaders that are inputs of those names. */
    static Program loss(ParticleNetwork network, EpisodeShape shape, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, 1);
        List<Map<String, Value>> chasers = graph.chasers(shape);
        Map<String, Value> leaders = Particles.join(chasers);
        leaders.replaceAll((name, weight) -> graph.graph.taskInput(LEADER + name, weight.rows(), weight.columns()));
        Value loss = SteinUpdate.chaserLoss(chasers, network.heads().split(leaders));
        return Program.of(Map.of("loss", loss), type);
    }

    /** Probabilities [images, way] of the images of "query" before adaptation ("0") and after each inner step ("1" and on). */
    static Program predictions(ParticleNetwork network, int support, int images, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, 1);
        List<List<Map<String, Value>>> trajectory = graph.update(support)
                .unroll(
                        network.heads().split(graph.parameters),
                        network.settings().testInnerSteps(),
                        graph.energy("support", support));
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (List<Map<String, Value>> heads : trajectory) {
            outputs.put(Integer.toString(outputs.size()), graph.probabilities(heads, "query", images));
        }
        return Program.of(outputs, type);
    }

    private List<Map<String, Value>> chasers(EpisodeShape shape) {
        return update(shape.supportSize())
                .last(
                        network.heads().split(parameters),
                        network.settings().innerSteps(),
                        energy("support", shape.supportSize()));
    }

    private List<Map<String, Value>> leaders(List<Map<String, Value>> chasers, EpisodeShape shape) {
        SteinUpdate.Energy support = energy("support", shape.supportSize());
        SteinUpdate.Energy query = energy("query", shape.querySize());
        return update(shape.supportSize())
                .last(
                        chasers,
                        network.settings().ensemble().leaderSteps(),
                        head -> Ops.add(support.of(head), query.of(head)));
    }

    /** Steps on an energy that is summed over images, at a rate on the mean of so many. */
    private SteinUpdate update(int support) {
        return new SteinUpdate(graph.filled(1, 1, network.settings().innerLearningRate() / support));
    }

    /** Minus the log likelihood of a set's labels. */
    private SteinUpdate.Energy energy(String set, int images) {
        Value features = features(set, images);
        Value labels = labels(set, images);
        return head -> Ops.scale(Losses.crossEntropy(logits(head, features), labels), images);
    }

    private Value features(String set, int images) {
        return network.body().forward(parameters, network.body().input(graph, set, images), images, BatchNorm.batch());
    }

    private Value labels(String set, int images) {
        return graph.taskInput(set + "-labels", images, network.way());
    }

    private static Value logits(Map<String, Value> head, Value features) {
        return Ops.add(Ops.matmul(features, Lookup.in(head, "fc.weight")), Lookup.in(head, "fc.bias"));
    }

    private Value probabilities(List<Map<String, Value>> heads, String set, int images) {
        Value features = features(set, images);
        return Particles.mean(
                heads.stream().map(head -> Ops.softmax(logits(head, features))).toList());
    }
}
