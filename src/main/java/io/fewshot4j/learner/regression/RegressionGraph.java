package io.fewshot4j.learner.regression;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.InnerLoop;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Losses;
import io.fewshot4j.graph.Mlp;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Particles;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.SteinUpdate;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** The graphs of a regressor. A set of points is an input of the network's inputs, and one of the targets with "-y" to its name. */
final class RegressionGraph {
    private final RegressionSettings settings;
    private final Mlp network;
    private final Graph graph;
    private final Map<String, Value> weights;

    private RegressionGraph(RegressionSettings settings, int tasks) {
        this.settings = settings;
        this.network = settings.network();
        this.graph = new Graph(tasks);
        this.weights = graph.inputs(settings.layout());
    }

    /** The mean over tasks of loss and meta-gradient. */
    static Program metaGradient(RegressionSettings settings, int tasks, DataType type) {
        RegressionGraph graph = new RegressionGraph(settings, tasks);
        return switch (settings.method()) {
            case MAML -> graph.maml(true, type);
            case FOMAML -> graph.maml(false, type);
            case REPTILE -> graph.reptile(type);
            case BMAML -> graph.bmaml(type);
            case PRETRAINED, ORACLE -> graph.program(graph.loss(graph.weights, "support", settings.shot()), type);
        };
    }

    private Program maml(boolean secondOrder, DataType type) {
        Map<String, Value> adapted = innerLoop(innerRate(), secondOrder)
                .unroll(weights, settings.innerSteps(), w -> loss(w, "support", settings.shot()))
                .last();
        return program(loss(adapted, "query", settings.query()), type);
    }

    private Program program(Value loss, DataType type) {
        return MetaProgram.of(graph, Map.of("loss", loss), Gradients.of(loss, weights), type);
    }

    /** The particles' way to where they would be if they had seen the query points too. */
    private Program bmaml(DataType type) {
        SteinUpdate update = stein(innerRate(), settings.shot());
        SteinUpdate.Energy support = w -> energy(w, "support", settings.shot());
        List<Map<String, Value>> chasers =
                update.last(settings.particles().split(weights), settings.innerSteps(), support);
        List<Map<String, Value>> leaders = update.last(
                chasers,
                settings.ensemble().leaderSteps(),
                w -> Ops.add(support.of(w), energy(w, "query", settings.query())));
        return program(SteinUpdate.chaserLoss(chasers, leaders), type);
    }

    /**
     * Minus the log likelihood of some points, but for a constant.
     *
     * <p>The paper's priors of weights and of both precisions are left out: the noise is a setting and the weights' prior is flat,
     * so that one particle makes MAML's inner step. What is known of weights beforehand is in the first particles.
     */
    private Value energy(Map<String, Value> w, String set, int points) {
        return Ops.scale(loss(w, set, points), points / (2 * settings.noiseVariance()));
    }

    /** Steps on that energy of so many points, at a rate on their mean squared error. */
    private SteinUpdate stein(Value rate, int points) {
        return new SteinUpdate(Ops.scale(rate, 2 * settings.noiseVariance() / points));
    }

    /** Each step on points of its own; the gradient is the way back from the adapted weights, the loss the last step's. */
    private Program reptile(DataType type) {
        Iterator<String> batches = batches(settings).iterator();
        InnerLoop.Trajectory trajectory = innerLoop(innerRate(), false)
                .unroll(weights, settings.innerSteps(), w -> loss(w, batches.next(), settings.shot()));
        Map<String, Value> back = new LinkedHashMap<>(weights);
        back.replaceAll((name, weight) -> Ops.subtract(weight, Lookup.in(trajectory.last(), name)));
        Value loss = trajectory.losses().get(settings.innerSteps() - 1);
        return MetaProgram.of(graph, Map.of("loss", loss), back, type);
    }

    /** The sets of points of Reptile's inner steps. */
    static List<String> batches(RegressionSettings settings) {
        return IntStream.range(0, settings.innerSteps())
                .mapToObj(step -> "support-" + step)
                .toList();
    }

    /**
     * What the network answers to "query" before adaptation ("0") and after each inner step ("1" and on).
     *
     * <p>The inner learning rate is the input "rate".
     */
    static Program predictions(RegressionSettings settings, int support, int query, DataType type) {
        RegressionGraph graph = new RegressionGraph(settings, 1);
        List<Map<String, Value>> trajectory = graph.innerLoop(graph.testRate(), false)
                .unroll(graph.weights, settings.testInnerSteps(), w -> graph.loss(w, "support", support))
                .weights();
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (Map<String, Value> weights : trajectory) {
            outputs.put(Integer.toString(outputs.size()), graph.answers(weights, "query", query));
        }
        return Program.of(outputs, type);
    }

    /** One step of the particles, for {@link ParticleSteps}, with the same inputs. */
    static Program particleStep(RegressionSettings settings, int support, int query, DataType type) {
        RegressionGraph graph = new RegressionGraph(settings, 1);
        List<Map<String, Value>> particles = settings.particles().split(graph.weights);
        List<Map<String, Value>> next =
                graph.stein(graph.testRate(), support).last(particles, 1, w -> graph.energy(w, "support", support));
        Map<String, Value> outputs = Particles.join(next);
        outputs.put(
                ParticleSteps.ANSWERS,
                Particles.mean(particles.stream()
                        .map(w -> graph.answers(w, "query", query))
                        .toList()));
        return Program.of(outputs, type);
    }

    private Value testRate() {
        return graph.input("rate", 1, 1);
    }

    private Value innerRate() {
        return graph.filled(1, 1, settings.innerLearningRate());
    }

    private InnerLoop innerLoop(Value rate, boolean secondOrder) {
        return new InnerLoop(name -> true, InnerLoop.gradientDescent(rate), secondOrder);
    }

    private Value loss(Map<String, Value> w, String set, int points) {
        return Losses.meanSquaredError(answers(w, set, points), graph.taskInput(set + "-y", points, 1));
    }

    private Value answers(Map<String, Value> w, String set, int points) {
        return network.forward(w, graph.taskInput(set, points, settings.inputs()));
    }
}
