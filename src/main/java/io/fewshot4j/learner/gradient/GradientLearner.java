package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Initialisation;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Feed;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** MAML's machine: adapt by gradient descent, differentiate the query loss by the first parameters. Its variants differ by settings and by which parameters adapt. */
final class GradientLearner implements Learner {
    private final String name;
    private final GradientNetwork network;
    private final TaskShape shape;
    private final Model model;
    private final MetaExecutor meta;
    private final Adaptation adaptation;
    private final Patches patches;

    GradientLearner(String name, GradientNetwork network, TaskShape shape, Model model) {
        this.name = name;
        this.network = network;
        this.shape = shape;
        this.model = model;
        DataType type = model.parameters().flat().dataType();
        this.meta = new MetaExecutor(() -> MetaGraph.metaGradient(network, shape, type), model, shape);
        this.patches = network.body().patches();
        this.adaptation = new Adaptation(network, model.parameters());
    }

    /** Fresh parameters; the head as the settings say. */
    static Model initialise(GradientNetwork network, long seed, DataType type) {
        Parameters parameters = Parameters.zeros(network.layout(), type);
        Random random = new Random(seed);
        Initialisation.network(parameters, random);
        INDArray head = parameters.get("fc.weight");
        if (network.settings().headInit() == GradientSettings.HeadInit.NORMAL) {
            Initialisation.normal(head, random);
        } else {
            Initialisation.glorot(head, head.size(0), head.size(1), random);
        }
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        List<LabelledImages> support = tasks.stream().map(Episode::support).toList();
        List<LabelledImages> query = tasks.stream().map(Episode::query).toList();
        Feed.images(executor, "support", patches, support);
        Feed.images(executor, "query", patches, query);
        Feed.labels(executor, "support-labels", support, network.way());
        Feed.labels(executor, "query-labels", query, network.way());
    }

    /** For order 1 the loss of the adapted weights where every inner update stays as it is now. */
    @Override
    public Objective objective(List<Episode> tasks) {
        if (network.settings().order() == 2) {
            return Learner.super.objective(tasks);
        }
        List<INDArray> updates = new ArrayList<>();
        for (Episode task : tasks) {
            adaptation.reset(model.parameters());
            for (int step = 0; step < network.settings().innerSteps(); step++) {
                adaptation.step(task.support());
            }
            updates.add(adaptation.weights().flat().sub(model.parameters().flat()));
        }
        return () -> {
            double loss = 0;
            for (int i = 0; i < tasks.size(); i++) {
                adaptation.reset(model.parameters());
                adaptation.weights().flat().addi(updates.get(i));
                loss += adaptation.loss(tasks.get(i).query()) / tasks.size();
            }
            return loss;
        };
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        FixedHead.requireAnswerable(name, shape, episode, statistics);
        adaptation.reset(model.parameters());
        List<Scores> byStep = new ArrayList<>(List.of(adaptation.scores(episode, statistics)));
        for (int step = 0; step < network.settings().testInnerSteps(); step++) {
            adaptation.step(episode.support());
            byStep.add(adaptation.scores(episode, statistics));
        }
        return new Predictions(byStep);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return FixedHead.STATISTICS;
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
        adaptation.close();
    }
}
