package io.fewshot4j.learner.gradient;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
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
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;
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
    private final InnerSteps steps;
    private final Adaptation scoring;
    private final MetaExecutor meta;

    ReptileLearner(String name, ReptileSettings settings, TaskShape shape, Model model) {
        this.name = name;
        this.settings = settings;
        this.shape = shape;
        this.model = model;
        this.network = settings.network(shape);
        this.steps = new InnerSteps(network, settings, model);
        this.scoring = new Adaptation(network, model.parameters());
        this.meta =
                new MetaExecutor(() -> ReptileGraph.metaGradient(network, settings, shape, model.type()), model, shape);
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        List<List<LabelledImages>> batches = tasks.stream()
                .map(task -> InnerBatches.training(settings, task))
                .toList();
        for (int step = 0; step < settings.innerSteps(); step++) {
            int now = step;
            feed(
                    executor,
                    ReptileGraph.batch(step),
                    batches.stream().map(ofTask -> ofTask.get(now)).toList());
        }
        if (settings.tail() == Tail.SHARED) {
            feed(executor, "query", tasks.stream().map(Episode::query).toList());
        }
    }

    private void feed(Executor executor, String set, List<LabelledImages> images) {
        Feed.images(executor, set, network.body().patches(), images);
        Feed.labels(executor, set + "-labels", images, network.way());
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
                    return scoring.scores(term.batch()).loss(term.batch().labels()) * term.factor() / tasks.size();
                })
                .sum();
    }

    private List<Term> terms(Episode task) {
        boolean mean = settings.combination() == Combination.MEAN;
        double factor = settings.innerLearningRate() / (mean ? settings.innerSteps() : 1);
        List<Term> terms = new ArrayList<>();
        steps.reset(model);
        for (LabelledImages batch : InnerBatches.training(settings, task)) {
            terms.add(new Term(
                    batch, steps.weights().flat().sub(model.parameters().flat()), factor));
            steps.step(batch);
        }
        return settings.combination() == Combination.LAST ? terms.subList(terms.size() - 1, terms.size()) : terms;
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        List<Scores> byStep = new ArrayList<>();
        adapt(episode, statistics, () -> byStep.add(scores(episode, statistics)));
        return new Predictions(byStep);
    }

    @Override
    public Scores answer(Episode episode, BatchStatistics statistics) {
        adapt(episode, statistics, () -> {});
        return scores(episode, statistics);
    }

    /** Adapts to the support set; {@code after} runs before the first step and after each. */
    private void adapt(Episode episode, BatchStatistics statistics, Runnable after) {
        FixedHead.requireAnswerable(name, shape, episode, statistics);
        steps.reset(model);
        after.run();
        for (LabelledImages batch : InnerBatches.test(settings, episode)) {
            steps.step(batch);
            after.run();
        }
    }

    private Scores scores(Episode episode, BatchStatistics statistics) {
        scoring.reset(steps.weights());
        return scoring.scores(0, episode, statistics);
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
        steps.close();
        scoring.close();
    }
}
