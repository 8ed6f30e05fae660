package io.fewshot4j.learner.gradient;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.graph.Plan;
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
import io.fewshot4j.learner.gradient.ReptileSettings.Combination;
import io.fewshot4j.learner.gradient.ReptileSettings.InnerOptimizer;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adapts by steps on small batches; the meta-gradient is made of the updates themselves. */
final class ReptileLearner implements Learner {
    private final String name;
    private final ReptileSettings settings;
    private final TaskShape shape;
    private final Model model;
    private final GradientNetwork network;
    private final Patches patches;
    private final InnerSteps training;
    private final InnerSteps test;
    private final Adaptation scoring;
    private final MetaExecutor meta;

    ReptileLearner(String name, ReptileSettings settings, TaskShape shape, Model model) {
        this.name = name;
        this.settings = settings;
        this.shape = shape;
        this.model = model;
        this.network = settings.network(shape);
        this.patches = network.body().patches();
        this.training = new InnerSteps(network, settings, model, shape.tasksPerGraph());
        this.test = new InnerSteps(network, settings, model, 1);
        this.scoring = new Adaptation(network, model.parameters());
        this.meta = new MetaExecutor(
                () -> ReptileGraph.figures(
                        network, settings, shape, model.parameters().flat().dataType()),
                model,
                shape,
                training.arrays());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::adapt);
    }

    private void adapt(Executor figures, List<Episode> tasks) {
        List<List<LabelledImages>> batches = tasks.stream()
                .map(task -> InnerBatches.training(settings, task))
                .toList();
        training.reset();
        for (int step = 0; step < settings.innerSteps(); step++) {
            int now = step;
            training.step(batches.stream().map(ofTask -> ofTask.get(now)).toList());
        }
        if (settings.innerOptimizer() == InnerOptimizer.ADAM) {
            Transfer.write(new double[] {training.share()}, figures.input(InnerSteps.NEW_SHARE));
        }
        List<LabelledImages> query = tasks.stream().map(Episode::query).toList();
        Feed.images(figures, "query", patches, query);
        Feed.labels(figures, "query-labels", query, network.way());
    }

    /** A term of the objective: the loss of a batch where the weights are moved by {@code offset}. */
    private record Term(LabelledImages batch, INDArray offset, double factor) {}

    /**
     * The inner losses that the updates descend, each at weights from which the updates before it are held fixed.
     *
     * @throws FewShotException for Adam, whose updates are no gradient of anything
     */
    @Override
    public Objective objective(List<Episode> tasks) {
        if (settings.innerOptimizer() == InnerOptimizer.ADAM) {
            throw new FewShotException("inner-optimizer must be sgd for a gradient check, got adam: the updates of "
                    + name + " are then no derivative; set inner-optimizer=sgd");
        }
        List<Term> terms = tasks.stream().flatMap(task -> terms(task).stream()).toList();
        return () -> terms.stream()
                .mapToDouble(term -> {
                    scoring.reset(model.parameters());
                    scoring.weights().flat().addi(term.offset());
                    return scoring.loss(term.batch()) * term.factor() / tasks.size();
                })
                .sum();
    }

    private List<Term> terms(Episode task) {
        boolean mean = settings.combination() == Combination.MEAN;
        double factor = settings.innerLearningRate() / (mean ? settings.innerSteps() : 1);
        List<Term> terms = new ArrayList<>();
        test.reset();
        for (LabelledImages batch : InnerBatches.training(settings, task)) {
            terms.add(new Term(batch, test.weights().sub(model.parameters().flat()), factor));
            test.step(List.of(batch));
        }
        return settings.combination() == Combination.LAST ? terms.subList(terms.size() - 1, terms.size()) : terms;
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        GradientLearner.requireAnswerable(name, shape, episode, statistics);
        test.reset();
        List<Scores> byStep = new ArrayList<>(List.of(scores(episode, statistics)));
        for (LabelledImages batch : InnerBatches.test(settings, episode)) {
            test.step(List.of(batch));
            byStep.add(scores(episode, statistics));
        }
        return new Predictions(byStep);
    }

    private Scores scores(Episode episode, BatchStatistics statistics) {
        scoring.weights().flat().assign(test.weights());
        return scoring.scores(episode, statistics);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return GradientLearner.STATISTICS;
    }

    @Override
    public Cost cost() {
        Plan step = training.plan(settings.innerBatch());
        Cost figures = meta.cost();
        return new Cost(
                figures.operations() + settings.innerSteps() * step.operations() / shape.tasksPerGraph(),
                figures.bufferBytes() + step.bufferBytes());
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        meta.close();
        training.close();
        test.close();
        scoring.close();
    }
}
