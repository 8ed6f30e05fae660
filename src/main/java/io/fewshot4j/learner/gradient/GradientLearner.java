package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Initialisation;
import io.fewshot4j.graph.LstmUpdate;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.EpisodeFeed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Objective;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** MAML's machine: adapt by gradient descent, differentiate the query loss by the first parameters. Its variants differ by their network's parameters and by what is differentiated when. */
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
    private final EpisodeFeed feed;
    private Stage stage;
    private MetaExecutor meta;

    /** @param stages what is differentiated after so many meta-updates */
    GradientLearner(String name, GradientNetwork network, TaskShape shape, Model model, LongFunction<Stage> stages) {
        this.name = name;
        this.network = network;
        this.shape = shape;
        this.model = model;
        this.stages = stages;
        this.feed = new EpisodeFeed(network.body().patches(), network.way());
        this.adaptation = new Adaptation(network, model.parameters());
        this.compiled = new Compiled(model.parameters());
        this.stage = stages.apply(END);
        this.meta = executor(stage);
    }

    /** Fresh parameters; the network's are those that it has without parameters for the steps. */
    static Model initialise(GradientNetwork network, long seed, DataType type) {
        Random random = new Random(seed);
        Parameters parameters = Parameters.zeros(network.layout(), type);
        try (Parameters plain = Parameters.zeros(network.plain(), type)) {
            Initialisation.network(plain, random);
            head(plain.get("fc.weight"), network.settings().headInit(), random);
            for (String name : parameters.names()) {
                if (name.contains("rate.")) {
                    Initialisation.uniform(
                            parameters.get(name),
                            network.settings().innerLearningRate(),
                            network.learned().highestRate(),
                            random);
                } else if (!name.startsWith(LstmUpdate.PREFIX)) {
                    parameters.get(name).assign(plain.get(name.replaceFirst("^step\\d+\\.", "")));
                }
            }
        }
        network.learned().lstm().ifPresent(lstm -> lstm.initialise(parameters, random));
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    /** First weights of a head. */
    static void head(INDArray head, GradientSettings.HeadInit init, Random random) {
        if (init == GradientSettings.HeadInit.NORMAL) {
            Initialisation.normal(head, random);
        } else {
            Initialisation.glorot(head, head.size(0), head.size(1), random);
        }
    }

    private MetaExecutor executor(Stage stage) {
        return new MetaExecutor(() -> MetaGraph.metaGradient(network, stage, shape, model.type()), model, shape);
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

    private void feed(Executor executor, Stage stage, List<Episode> tasks) {
        feed.sets(executor, tasks);
        for (int step = 0; step < stage.stepWeights().size(); step++) {
            Transfer.write(new double[] {stage.stepWeights().get(step)}, executor.input(MetaLoss.stepWeight(step)));
        }
    }

    @Override
    public Objective objective(List<Episode> tasks) {
        return new MetaObjective(network, stages.apply(END), shape.withTasksPerGraph(1), feed, model.type())
                .of(tasks, compiled);
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        List<Scores> byStep = new ArrayList<>();
        adapt(episode, statistics, step -> byStep.add(adaptation.scores(step, episode, statistics)));
        return new Predictions(byStep);
    }

    @Override
    public Scores answer(Episode episode, BatchStatistics statistics) {
        adapt(episode, statistics, step -> {});
        return adaptation.scores(network.settings().testInnerSteps(), episode, statistics);
    }

    /** Adapts to the support set; {@code after} hears of no step, one, two, ... */
    private void adapt(Episode episode, BatchStatistics statistics, IntConsumer after) {
        statistics.requireIn(network.statistics(), name);
        shape.requireWay(name, episode);
        adaptation.reset(model.parameters());
        after.accept(0);
        for (int step = 0; step < network.settings().testInnerSteps(); step++) {
            adaptation.step(step, episode.support());
            after.accept(step + 1);
        }
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
