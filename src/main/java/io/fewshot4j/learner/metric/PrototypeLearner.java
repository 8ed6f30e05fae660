package io.fewshot4j.learner.metric;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** Class means of embeddings. Any number of classes and any shots, also other ones than in training. */
final class PrototypeLearner implements Learner {
    private record Forward(int images, int way, boolean running) {}

    private final Conv4 network;
    private final Patches patches;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;

    PrototypeLearner(Conv4 network, TaskShape shape, Model model) {
        this.network = network;
        this.patches = network.patches();
        this.model = model;
        this.meta = new MetaExecutor(() -> PrototypeGraph.metaGradient(network, shape, type()), model, shape);
        this.compiled = new Compiled(model.parameters(), model.statistics());
    }

    private DataType type() {
        return model.parameters().flat().dataType();
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, (executor, group) -> {
            feed(executor, group);
            Feed.write(
                    executor,
                    "labels",
                    group.stream().map(PrototypeLearner::queryLabels).toList());
        });
    }

    private void feed(Executor target, List<Episode> tasks) {
        Feed.pixels(
                target,
                "images",
                patches,
                tasks.stream().map(PrototypeLearner::pixels).toList());
        Feed.write(
                target,
                "assignment",
                tasks.stream().map(PrototypeLearner::assignment).toList());
    }

    /** Of support images and then of queries. */
    private static float[] pixels(Episode task) {
        float[] support = task.support().pixels();
        float[] query = task.query().pixels();
        float[] both = Arrays.copyOf(support, support.length + query.length);
        System.arraycopy(query, 0, both, support.length, query.length);
        return both;
    }

    /** Rows of zeros for support images, one-hot rows for queries. */
    private static float[] queryLabels(Episode task) {
        float[] queries = Feed.oneHot(task.query(), task.way());
        float[] all = new float[task.support().count() * task.way() + queries.length];
        System.arraycopy(queries, 0, all, all.length - queries.length, queries.length);
        return all;
    }

    /** 1 / shots at each class's support images, [way, images]. */
    private static float[] assignment(Episode task) {
        LabelledImages support = task.support();
        int[] shots = new int[task.way()];
        for (int label : support.labels()) {
            shots[label]++;
        }
        int images = support.count() + task.query().count();
        float[] assignment = new float[task.way() * images];
        for (int i = 0; i < support.count(); i++) {
            assignment[support.label(i) * images + i] = 1f / shots[support.label(i)];
        }
        return assignment;
    }

    private static Scores queryScores(Executor executor, Episode episode) {
        Scores all = Feed.scores(executor.output("logits"));
        int from = episode.support().count();
        return new Scores(
                all.way(),
                IntStream.range(0, episode.query().count() * all.way())
                        .mapToDouble(i -> all.probability(from + i / all.way(), i % all.way()))
                        .toArray());
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        if (statistics != BatchStatistics.SUPPORT_AND_ONE_QUERY) {
            return new Predictions(List.of(scores(episode, statistics == BatchStatistics.RUNNING)));
        }
        int way = episode.way();
        double[] probabilities = new double[episode.query().count() * way];
        for (int i = 0; i < episode.query().count(); i++) {
            Scores one = scores(
                    new Episode(
                            episode.classNames(),
                            episode.support(),
                            episode.query().only(i)),
                    false);
            for (int label = 0; label < way; label++) {
                probabilities[i * way + label] = one.probability(0, label);
            }
        }
        return new Predictions(List.of(new Scores(way, probabilities)));
    }

    private Scores scores(Episode episode, boolean running) {
        int images = episode.support().count() + episode.query().count();
        int way = episode.way();
        Executor forward = compiled.get(
                new Forward(images, way, running), () -> PrototypeGraph.forward(network, images, way, running, type()));
        feed(forward, List.of(episode));
        forward.run();
        return queryScores(forward, episode);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return EnumSet.complementOf(EnumSet.of(BatchStatistics.SUPPORT));
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
    }
}
