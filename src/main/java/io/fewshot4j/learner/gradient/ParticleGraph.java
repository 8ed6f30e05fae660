package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.nn.Particles;
import io.fewshot4j.nn.SteinUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The graphs of {@link Bmaml}. Support set and queries are each a batch of their own for batch normalisation. */
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

    /**
     * The chaser loss, its gradient, and the accuracy of the chasers' joint answers to the queries: see
     * {@link MetaProgram}.
     */
    static Program metaGradient(ParticleNetwork network, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, network.shape().tasksPerGraph());
        List<Map<String, Value>> chasers = graph.chasers();
        Value loss = SteinUpdate.chaserLoss(chasers, graph.leaders(chasers));
        SetInput query = network.shape().query();
        Value answers = network.answers(graph.graph, graph.parameters, chasers, query);
        return MetaProgram.of(
                graph.graph,
                graph.parameters,
                loss,
                network.shape().objective().accuracy(answers, query.targets(graph.graph)),
                Map.of(),
                type);
    }

    /** Leaders' arrays, each as {@link #LEADER} and its name. */
    static Program leaders(ParticleNetwork network, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, 1);
        Map<String, Value> outputs = new LinkedHashMap<>();
        Particles.join(graph.leaders(graph.chasers())).forEach((name, weight) -> outputs.put(LEADER + name, weight));
        return Program.of(outputs, type);
    }

    /** The chaser loss ("loss") for leaders that are inputs of those names. */
    static Program loss(ParticleNetwork network, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, 1);
        List<Map<String, Value>> chasers = graph.chasers();
        Map<String, Value> leaders = Particles.join(chasers);
        leaders.replaceAll((name, weight) -> graph.graph.taskInput(LEADER + name, weight.rows(), weight.columns()));
        Value loss = SteinUpdate.chaserLoss(chasers, network.particles().split(leaders));
        return Program.of(Map.of("loss", loss), type);
    }

    /** The particles after one step on a set, by name. */
    static Program innerStep(ParticleNetwork network, SetInput set, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, 1);
        List<Map<String, Value>> next = graph.update(set).last(graph.first(), 1, graph.energy(set));
        return Program.of(new LinkedHashMap<>(Particles.join(next)), type);
    }

    /** Joint answers for batches of a set, each a task's. */
    static Program forward(ParticleNetwork network, int batches, SetInput set, DataType type) {
        ParticleGraph graph = new ParticleGraph(network, batches);
        Value answers = network.answers(graph.graph, graph.parameters, graph.first(), set);
        return Program.of(Map.of(AdaptationGraphs.OUTPUTS, answers), type);
    }

    private List<Map<String, Value>> first() {
        return network.particles().split(parameters);
    }

    private List<Map<String, Value>> chasers() {
        SetInput support = network.shape().support();
        return update(support).last(first(), network.settings().innerSteps(), energy(support));
    }

    private List<Map<String, Value>> leaders(List<Map<String, Value>> chasers) {
        SteinUpdate.Energy support = energy(network.shape().support());
        SteinUpdate.Energy query = energy(network.shape().query());
        return update(network.shape().support())
                .last(
                        chasers,
                        network.settings().ensemble().leaderSteps(),
                        particle -> Ops.add(support.of(particle), query.of(particle)));
    }

    /** Steps on an energy that is summed over examples, at a rate on the mean loss of a set. */
    private SteinUpdate update(SetInput set) {
        return new SteinUpdate(graph.filled(1, 1, network.settings().innerLearningRate() / network.scale(set)));
    }

    private SteinUpdate.Energy energy(SetInput set) {
        return particle -> network.energy(graph, parameters, particle, set);
    }
}
