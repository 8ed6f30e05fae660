package io.fewshot4j.learner.metric;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
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
import java.util.function.Function;
import java.util.stream.IntStream;

/** Compares queries with support images. Any number of classes and any shots, also other ones than in training. */
final class MetricLearner implements Learner {
    private record Forward(MetricGraph.Size size, BatchStatistics statistics) {}

    private final String name;
    private final Metric metric;
    private final Patches patches;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;

    MetricLearner(String name, Metric metric, TaskShape shape, Model model) {
        this.name = name;
        this.metric = metric;
        this.patches = metric.embedding().network().patches();
        this.model = model;
        this.meta = new MetaExecutor(() -> MetricGraph.metaGradient(metric, shape, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters(), model.statistics());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, (executor, group) -> {
            feed(executor, group, metric.oneBatch());
            List<LabelledImages> queries = map(group, Episode::query);
            Feed.labels(executor, "labels", queries, group.get(0).way());
        });
    }

    private void feed(Executor target, List<Episode> tasks, boolean oneBatch) {
        Feed.write(target, "shares", map(tasks, MetricLearner::shares));
        if (oneBatch) {
            Feed.pixels(target, "images", patches, map(tasks, MetricLearner::pixels));
        } else {
            Feed.images(target, "support", patches, map(tasks, Episode::support));
            Feed.images(target, "query", patches, map(tasks, Episode::query));
        }
    }

    private static <R> List<R> map(List<Episode> tasks, Function<Episode, R> part) {
        return tasks.stream().map(part).toList();
    }

    /** Of support images and then of queries. */
    private static float[] pixels(Episode task) {
        float[] support = task.support().pixels();
        float[] query = task.query().pixels();
        float[] both = Arrays.copyOf(support, support.length + query.length);
        System.arraycopy(query, 0, both, support.length, query.length);
        return both;
    }

    /** 1 / shots at each class's support images, [way, support images]. */
    private static float[] shares(Episode task) {
        LabelledImages support = task.support();
        int[] shots = support.countByLabel(task.way());
        float[] shares = new float[task.way() * support.count()];
        for (int i = 0; i < support.count(); i++) {
            shares[support.label(i) * support.count() + i] = 1f / shots[support.label(i)];
        }
        return shares;
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        statistics.requireIn(supportedStatistics(), name);
        return new Predictions(List.of(
                statistics == BatchStatistics.SUPPORT_AND_ONE_QUERY ? oneByOne(episode) : scores(episode, statistics)));
    }

    private Scores oneByOne(Episode episode) {
        return Scores.ofLastRows(IntStream.range(0, episode.query().count())
                .mapToObj(i -> new Episode(
                        episode.classNames(), episode.support(), episode.query().only(i)))
                .map(one -> scores(one, BatchStatistics.SUPPORT_AND_ONE_QUERY))
                .toList());
    }

    private Scores scores(Episode episode, BatchStatistics statistics) {
        MetricGraph.Size size = MetricGraph.Size.of(episode);
        Executor forward = compiled.get(
                new Forward(size, statistics), () -> MetricGraph.forward(metric, size, statistics, model.type()));
        feed(forward, List.of(episode), MetricGraph.oneBatch(metric, statistics));
        forward.run();
        return Feed.scores(forward.output("logits"));
    }

    /** Without batch normalisation nothing depends on them: the answer is inductive. */
    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return model.statistics().layout().entries().isEmpty()
                ? EnumSet.of(BatchStatistics.RUNNING)
                : EnumSet.complementOf(EnumSet.of(BatchStatistics.SUPPORT));
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
