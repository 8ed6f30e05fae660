package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.EpisodeFeed;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adapts a copy of the parameters step by step and scores queries with it. Compiled once for each number of images. */
final class Adaptation implements AutoCloseable {
    /** So many images are scored at once where a batch is small. */
    private static final int MOST_IMAGES = 128;

    private final GradientNetwork network;
    private final EpisodeFeed feed;
    private final Parameters fast;
    private final Compiled compiled;

    private record Step(int step, int images) {}

    private record Forward(int step, int batches, int images) {}

    private record ForwardBySupport(int step, int support, int queries) {}

    Adaptation(GradientNetwork network, Parameters initial) {
        this.network = network;
        this.feed = new EpisodeFeed(network.body().patches(), network.way());
        this.fast = Parameters.zeros(
                network.layout().with(network.memory()), initial.flat().dataType());
        this.compiled = new Compiled(fast);
        reset(initial);
    }

    /** Begins from {@code initial}, with nothing remembered. */
    void reset(Parameters initial) {
        initial.names().forEach(name -> fast.get(name).assign(initial.get(name)));
        network.memory().entries().forEach(entry -> fast.get(entry.name()).assign(0));
    }

    /** The weights as they are now: changed by {@link #step}. */
    Parameters weights() {
        return fast;
    }

    /** Makes an inner step; {@code number} counts from 0. */
    void step(int number, LabelledImages support) {
        int images = support.count();
        int step = own(number);
        Executor executor =
                compiled.get(new Step(step, images), () -> MetaGraph.innerStep(network, step, images, type()));
        feed.set(executor, "support", List.of(support));
        executor.run();
        for (String name : network.changedAt(step)) {
            INDArray weight = fast.get(name);
            weight.assign(executor.output(name).reshape('c', weight.shape()));
        }
    }

    /** Which of the steps' programs serves a step: one serves all where they do not differ. */
    private int own(int step) {
        return network.learned().differByStep() ? step : 0;
    }

    /** Of the queries after {@code steps} inner steps. */
    Scores scores(int steps, Episode episode, BatchStatistics statistics) {
        int last = own(Math.max(0, steps - 1));
        return switch (statistics) {
            case BATCH -> Feed.scores(logits(last, List.of(episode.query())));
            case SUPPORT -> Feed.scores(logitsBySupport(last, episode));
            default -> oneByOne(last, episode);
        };
    }

    private INDArray logitsBySupport(int step, Episode episode) {
        int support = episode.support().count();
        int queries = episode.query().count();
        Executor executor = compiled.get(
                new ForwardBySupport(step, support, queries),
                () -> MetaGraph.forwardBySupport(network, step, support, queries, type()));
        Feed.images(executor, "support", feed.patches(), List.of(episode.support()));
        Feed.images(executor, "query", feed.patches(), List.of(episode.query()));
        executor.run();
        return executor.output("logits");
    }

    /** Of all images of a batch, with the weights as they are. */
    Scores scores(LabelledImages batch) {
        return Feed.scores(logits(0, List.of(batch)));
    }

    private Scores oneByOne(int step, Episode episode) {
        LabelledImages support = episode.support();
        int images = support.count() + 1;
        List<LabelledImages> batches = IntStream.range(0, episode.query().count())
                .mapToObj(i -> support.with(episode.query(), i))
                .toList();
        int group = Math.max(1, MOST_IMAGES / images);
        List<Scores> scores = new ArrayList<>();
        for (int from = 0; from < batches.size(); from += group) {
            List<LabelledImages> now = batches.subList(from, Math.min(from + group, batches.size()));
            scores.addAll(Feed.scores(logits(step, now)).inRuns(images));
        }
        return Scores.ofLastRows(scores);
    }

    /** Of batches of equal size, each normalised by itself. */
    private INDArray logits(int step, List<LabelledImages> batches) {
        Forward key = new Forward(step, batches.size(), batches.get(0).count());
        Executor executor =
                compiled.get(key, () -> MetaGraph.forward(network, step, key.batches(), key.images(), type()));
        Feed.images(executor, "query", feed.patches(), batches);
        executor.run();
        return executor.output("logits");
    }

    private DataType type() {
        return fast.flat().dataType();
    }

    @Override
    public void close() {
        compiled.close();
        fast.close();
    }
}
