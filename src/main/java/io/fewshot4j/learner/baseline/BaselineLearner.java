package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Adaptation;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Embedding;
import io.fewshot4j.learner.FeatureRows;
import io.fewshot4j.learner.Features;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.head.NearestNeighbour;
import io.fewshot4j.nn.Network;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A pretrained network and its classifiers. Any number of classes and any shots. Each task of a group is a batch of its
 * own.
 */
final class BaselineLearner implements Learner {
    private final Baseline.Settings settings;
    private final Network body;
    private final Model model;
    private final Pretraining pretraining;
    private final Features features;
    private final Map<Integer, Adaptation> byWay = new HashMap<>();

    BaselineLearner(Baseline.Settings settings, TaskShape shape, Model model) {
        this.settings = settings;
        this.body = shape.body();
        this.model = model;
        int classes = shape.trainingClasses().size();
        this.pretraining = new Pretraining(ClassNetwork.of(settings, body, classes), shape, model);
        this.features = new Features(body, model);
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return pretraining.gradient(tasks);
    }

    @Override
    public Adapted adapt(Support support) {
        return switch (settings.classifier()) {
            case NEAREST_NEIGHBOUR -> byFeatures(support, new NearestNeighbour(settings.distance())::fit);
            case NEW_HEAD ->
                byFeatures(
                        support,
                        rows -> tuning(new FeatureRows(body.features()), rows.way())
                                .adapt(rows));
            case FINE_TUNE -> tuning(body, support.way()).adapt(support);
        };
    }

    @Override
    public Optional<Embedding> embedding() {
        return Optional.of(images -> features.of(images, BatchStatistics.RUNNING));
    }

    private Adapted byFeatures(Support support, Function<Support, Adapted> classifier) {
        return new ByFeatures(features, support, supportedStatistics(), classifier);
    }

    /** @param trained network under the head */
    private Adaptation tuning(Network trained, int way) {
        return byWay.computeIfAbsent(way, absent -> {
            ClassNetwork network = ClassNetwork.of(settings, trained, way);
            return new Adaptation("baseline", new FineTuning(settings, network, model), model.type());
        });
    }

    /** Without batch normalisation nothing depends on them: the answer is inductive. */
    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return model.statistics().layout().entries().isEmpty()
                ? EnumSet.of(BatchStatistics.RUNNING)
                : EnumSet.of(BatchStatistics.BATCH, BatchStatistics.RUNNING);
    }

    @Override
    public Cost cost() {
        return pretraining.cost();
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        pretraining.close();
        features.close();
        byWay.values().forEach(Adaptation::close);
    }
}
