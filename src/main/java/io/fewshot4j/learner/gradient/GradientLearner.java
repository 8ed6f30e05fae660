package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adaptation;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ModelLoss;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * MAML's machine: adapt by gradient descent, differentiate the query loss by the first parameters. Its variants differ
 * by their network's parameters and by what is differentiated when.
 */
final class GradientLearner implements Learner {
    /** The iteration that the end of training stands for. */
    private static final long END = Long.MAX_VALUE;

    private final String name;
    private final GradientNetwork network;
    private final TaskShape shape;
    private final Model model;
    private final LongFunction<Stage> stages;
    private final Adaptation adaptation;
    private final Compiled compiled;
    private Stage stage;
    private MetaExecutor meta;

    /** @param stages what is differentiated after so many meta-updates */
    GradientLearner(String name, GradientNetwork network, Model model, LongFunction<Stage> stages) {
        this.name = name;
        this.network = network;
        this.shape = network.shape();
        this.model = model;
        this.stages = stages;
        this.adaptation = new Adaptation(name, new GradientGraphs(network, model.parameters()), model.type());
        this.compiled = new Compiled(model.parameters());
        this.stage = stages.apply(END);
        this.meta = executor(stage);
    }

    private MetaExecutor executor(Stage now) {
        return new MetaExecutor(() -> MetaGraph.metaGradient(network, now, shape, model.type()), model, shape);
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return metaGradient(tasks, END);
    }

    /** Compiles anew where training comes to another stage. */
    @Override
    public MetaGradient metaGradient(List<Episode> tasks, long iteration) {
        Stage now = stages.apply(iteration);
        if (!now.alike(stage)) {
            meta.close();
            meta = executor(now);
        }
        stage = now;
        return meta.mean(tasks, (executor, group) -> feed(executor, now, group));
    }

    private void feed(Executor executor, Stage now, List<Episode> tasks) {
        shape.support().feed(executor, tasks.stream().map(Episode::support).toList());
        shape.query().feed(executor, tasks.stream().map(Episode::query).toList());
        for (int step = 0; step < now.stepWeights().size(); step++) {
            Transfer.write(new double[] {now.stepWeights().get(step)}, executor.input(MetaLoss.stepWeight(step)));
        }
    }

    @Override
    public ModelLoss loss(List<Episode> tasks) {
        return new HeldLoss(network, stages.apply(END), shape.withTasksPerGraph(1), model.type()).of(tasks, compiled);
    }

    @Override
    public Adapted adapt(Support support) {
        shape.requireWay(name, support);
        return adaptation.adapt(support);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return network.statistics();
    }

    @Override
    public Cost cost() {
        return meta.cost();
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        meta.close();
        compiled.close();
        adaptation.close();
    }
}
