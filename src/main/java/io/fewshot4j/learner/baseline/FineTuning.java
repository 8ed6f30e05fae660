package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.Support;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Full-batch SGD on the support set: a network and a new head on it. Its steps take batch statistics, to which the
 * running ones move by a tenth each time.
 *
 * @param network all of whose arrays are trained
 * @param initial values of the body's arrays before the first step
 */
record FineTuning(Baseline.Settings settings, ClassNetwork network, Model initial) implements AdaptationGraphs {
    /** Share of a batch's statistics in the running ones after a step. */
    static final double STATISTICS_SHARE = 0.1;

    /** Number of steps made, a scalar: the rate follows from it. */
    private static final String STEPS = "steps";

    private ParameterLayout runningLayout() {
        return network.body().statisticsLayout();
    }

    @Override
    public ParameterLayout state() {
        return network.layout().with(runningLayout()).with(STEPS, 1, 1);
    }

    @Override
    public void begin(Parameters state) {
        copy(initial.parameters(), network.body().layout(), state);
        copy(initial.statistics(), runningLayout(), state);
        network.head().restart(state);
        state.get(STEPS).assign(0);
    }

    private static void copy(Parameters from, ParameterLayout layout, Parameters to) {
        layout.entries().forEach(entry -> to.get(entry.name()).assign(from.get(entry.name())));
    }

    @Override
    public List<LabelledImages> batches(Support support) {
        return Collections.nCopies(settings.testInnerSteps(), support.examples());
    }

    @Override
    public int variant(int step) {
        return 0;
    }

    @Override
    public SetInput set(String name, int count) {
        return network.set(name, count);
    }

    @Override
    public Program step(int variant, int examples, DataType type) {
        Graph graph = new Graph();
        SetInput batch = set("support", examples);
        Map<String, Value> weights = graph.inputs(network.layout());
        BatchNorm.Observing norm = new BatchNorm.Observing();
        Value loss = Losses.crossEntropy(network.scores(graph, weights, batch, norm), batch.targets(graph));
        Value steps = graph.input(STEPS, 1, 1);
        Value rate = rate(graph, steps);
        Map<String, Value> next = new LinkedHashMap<>();
        Gradients.of(loss, weights)
                .forEach((name, gradient) ->
                        next.put(name, Ops.subtract(Lookup.in(weights, name), Ops.multiply(gradient, rate))));
        next.putAll(moved(graph.inputs(runningLayout()), norm.observed()));
        next.put(STEPS, Ops.add(steps, graph.filled(1, 1, 1)));
        return Program.of(next, type);
    }

    /** The learning rate divided by 1 + decay x steps. */
    private Value rate(Graph graph, Value steps) {
        Value divisor = Ops.add(Ops.scale(steps, settings.fineTuneDecay()), graph.filled(1, 1, 1));
        return Ops.scale(Ops.power(divisor, -1), settings.fineTuneLearningRate());
    }

    private static Map<String, Value> moved(Map<String, Value> running, Map<String, Value> observed) {
        Map<String, Value> moved = new LinkedHashMap<>(running);
        moved.replaceAll((name, before) -> Ops.add(
                Ops.scale(before, 1 - STATISTICS_SHARE), Ops.scale(Lookup.in(observed, name), STATISTICS_SHARE)));
        return moved;
    }

    @Override
    public Program forward(int variant, int batches, int images, DataType type) {
        return forward(new Graph(batches), BatchNorm.batch(), images, type);
    }

    @Override
    public Program forwardByRunning(int images, DataType type) {
        Graph graph = new Graph();
        return forward(graph, BatchNorm.running(graph.inputs(runningLayout())), images, type);
    }

    private Program forward(Graph graph, BatchNorm norm, int images, DataType type) {
        Value scores = network.scores(graph, graph.inputs(network.layout()), set("query", images), norm);
        return Program.of(Map.of(OUTPUTS, scores), type);
    }

    @Override
    public Scores scores(INDArray outputs) {
        return Scores.of(new Objective.CrossEntropy(), outputs);
    }

    @Override
    public Set<BatchStatistics> statistics() {
        return runningLayout().entries().isEmpty()
                ? EnumSet.of(BatchStatistics.RUNNING)
                : EnumSet.of(BatchStatistics.BATCH, BatchStatistics.RUNNING);
    }
}
