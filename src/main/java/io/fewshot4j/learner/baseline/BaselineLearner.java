package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.PairwiseSum;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Conv4;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** A pretrained network and its classifiers. Any number of classes and any shots. Each task of a group is a batch of its own. */
final class BaselineLearner implements Learner {
    private static final Set<BatchStatistics> STATISTICS = EnumSet.of(BatchStatistics.BATCH, BatchStatistics.RUNNING);

    private final Baseline.Settings settings;
    private final Conv4 body;
    private final TaskShape shape;
    private final Model model;
    private final DataType type;
    private final DeepNetwork features;
    private final Map<Integer, FineTuning> byWay = new HashMap<>();
    private Optional<Pretraining> pretraining = Optional.empty();

    BaselineLearner(Baseline.Settings settings, TaskShape shape, Model model) {
        this.settings = settings;
        this.body = (Conv4) shape.body();
        this.shape = shape;
        this.model = model;
        this.type = model.type();
        this.features = new DeepNetwork(Blueprint.of(body), type, new NoOp());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        if (pretraining.isEmpty()) {
            pretraining = Optional.of(new Pretraining(body, shape.trainingClasses(), model));
        }
        List<Episode> all = shape.groups(tasks).stream().flatMap(List::stream).toList();
        return PairwiseSum.mean(all, pretraining.get()::gradient);
    }

    @Override
    public Adapted adapt(Support support) {
        return new Adapted() {
            @Override
            public Scores score(LabelledImages queries, BatchStatistics statistics) {
                return scoreSteps(queries, statistics).last();
            }

            @Override
            public Predictions scoreSteps(LabelledImages queries, BatchStatistics statistics) {
                return answers(new Episode(support.classNames(), support.examples(), queries), statistics);
            }
        };
    }

    private Predictions answers(Episode episode, BatchStatistics statistics) {
        statistics.requireIn(STATISTICS, "baseline");
        boolean batchStatistics = statistics == BatchStatistics.BATCH;
        if (settings.classifier() == Classifier.FINE_TUNE) {
            try (INDArray support = Batch.images(type, List.of(episode.support()));
                    INDArray queries = Batch.images(type, List.of(episode.query()))) {
                return tuned(Blueprint.of(body), episode, support, queries, batchStatistics);
            }
        }
        features.assign(model.parameters(), Blueprint::isBody);
        features.assign(model.statistics(), Blueprint::isBody);
        double[] all;
        try (INDArray images = Batch.images(type, List.of(episode.support(), episode.query()))) {
            all = features.output(images, batchStatistics);
        }
        int border = episode.support().count() * body.features();
        return byFeatures(
                episode, Arrays.copyOf(all, border), Arrays.copyOfRange(all, border, all.length), batchStatistics);
    }

    private Predictions byFeatures(Episode episode, double[] support, double[] queries, boolean batchStatistics) {
        if (settings.classifier() == Classifier.NEAREST_NEIGHBOUR) {
            Neighbours neighbours = new Neighbours(settings.distance(), Support.of(episode), support);
            return new Predictions(
                    List.of(neighbours.scores(queries, episode.query().count())));
        }
        try (INDArray supportRows = Batch.rows(type, support, body.features());
                INDArray queryRows = Batch.rows(type, queries, body.features())) {
            return tuned(Blueprint.ofFeatures(body.features()), episode, supportRows, queryRows, batchStatistics);
        }
    }

    private Predictions tuned(
            Blueprint blueprint, Episode episode, INDArray support, INDArray queries, boolean batchStatistics) {
        FineTuning tuning =
                byWay.computeIfAbsent(episode.way(), way -> new FineTuning(settings, blueprint, way, model));
        try (INDArray labels = Batch.oneHot(type, episode.support().labels(), episode.way())) {
            return tuning.predict(support, labels, queries, batchStatistics);
        }
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return STATISTICS;
    }

    @Override
    public Cost cost() {
        int images = shape.episode().supportSize() + shape.episode().querySize();
        return Blueprint.of(body).withHead(shape.trainingClasses().size()).cost(type, images);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        features.close();
        byWay.values().forEach(FineTuning::close);
        pretraining.ifPresent(Pretraining::close);
    }
}
