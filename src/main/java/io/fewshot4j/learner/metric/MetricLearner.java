package io.fewshot4j.learner.metric;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Embedding;
import io.fewshot4j.learner.Features;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Compares queries with support images. Any number of classes and any shots, also other ones than in training. */
final class MetricLearner implements Learner {
    /** Images that are scored at once where queries are answered one by one. */
    private static final int MOST_IMAGES = 512;

    private record Forward(MetricGraph.Size size, int tasks, BatchStatistics statistics) {}

    private final String name;
    private final Metric metric;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;
    private final Features features;

    MetricLearner(String name, Metric metric, TaskShape shape, Model model) {
        this.name = name;
        this.metric = metric;
        this.model = model;
        this.meta = new MetaExecutor(() -> MetricGraph.metaGradient(metric, shape, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters(), model.statistics());
        this.features = new Features(metric.embedding(), model);
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, (executor, group) -> feed(executor, group, metric.oneBatch()));
    }

    private void feed(Executor target, List<Episode> tasks, boolean oneBatch) {
        Episode first = tasks.get(0);
        MetricGraph.Size size = new MetricGraph.Size(
                first.way(), first.support().count(), first.query().count());
        Feed.write(target, "shares", map(tasks, MetricLearner::shares));
        if (oneBatch) {
            MetricGraph.together(metric, size).feedPixels(target, map(tasks, MetricLearner::pixels));
        } else {
            MetricGraph.support(metric, size).feed(target, map(tasks, Episode::support));
        }
        MetricGraph.query(metric, size).feed(target, map(tasks, Episode::query));
    }

    private static <R> List<R> map(List<Episode> tasks, Function<Episode, R> part) {
        return tasks.stream().map(part).toList();
    }

    /** Support images and then queries. */
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
    public Adapted adapt(Support support) {
        return (queries, statistics) -> {
            statistics.requireIn(supportedStatistics(), name);
            return statistics == BatchStatistics.SUPPORT_AND_ONE_QUERY
                    ? oneByOne(support, queries)
                    : scores(List.of(task(support, queries)), statistics);
        };
    }

    @Override
    public Optional<Embedding> embedding() {
        return Optional.of(images -> features.of(images, BatchStatistics.RUNNING));
    }

    private static Episode task(Support support, LabelledImages queries) {
        return new Episode(support.classNames(), support.examples(), queries);
    }

    private Scores oneByOne(Support support, LabelledImages queries) {
        int group = Math.max(1, MOST_IMAGES / (support.examples().count() + 1));
        List<Scores> scores = new ArrayList<>();
        for (int from = 0; from < queries.count(); from += group) {
            List<Episode> tasks = IntStream.range(from, Math.min(from + group, queries.count()))
                    .mapToObj(query -> task(support, queries.only(query)))
                    .toList();
            scores.add(scores(tasks, BatchStatistics.SUPPORT_AND_ONE_QUERY));
        }
        return Scores.joined(scores);
    }

    /** Scores of all queries of tasks of one size, task after task. */
    private Scores scores(List<Episode> tasks, BatchStatistics statistics) {
        Episode first = tasks.get(0);
        MetricGraph.Size size = new MetricGraph.Size(
                first.way(), first.support().count(), first.query().count());
        Executor forward = compiled.get(
                new Forward(size, tasks.size(), statistics),
                () -> MetricGraph.forward(metric, size, tasks.size(), statistics, model.type()));
        feed(forward, tasks, MetricGraph.oneBatch(metric, statistics));
        forward.run();
        return Scores.of(new Objective.CrossEntropy(), forward.output("logits"));
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
        features.close();
    }
}
