package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adapts a copy of the parameters step by step and scores queries with it. Compiled once for each number of images. */
final class Adaptation implements AutoCloseable {
    private final GradientNetwork network;
    private final Patches patches;
    private final Parameters fast;
    private final Compiled compiled;

    private record Step(int images) {}

    private record Forward(int images) {}

    Adaptation(GradientNetwork network, Parameters initial) {
        this.network = network;
        this.patches = network.body().patches();
        this.fast = initial.copy();
        this.compiled = new Compiled(fast);
    }

    /** Begins from {@code initial}. */
    void reset(Parameters initial) {
        fast.assign(initial);
    }

    /** The weights as they are now: changed by {@link #step}. */
    Parameters weights() {
        return fast;
    }

    void step(LabelledImages support) {
        int images = support.count();
        Executor executor = compiled.get(new Step(images), () -> MetaGraph.innerStep(network, images, type()));
        Feed.images(executor, "support", patches, List.of(support));
        Feed.labels(executor, "support-labels", List.of(support), network.way());
        executor.run();
        for (String name : fast.names()) {
            if (network.adapts().test(name)) {
                INDArray weight = fast.get(name);
                weight.assign(executor.output(name).reshape('c', weight.shape()));
            }
        }
    }

    Scores scores(Episode episode, BatchStatistics statistics) {
        return statistics == BatchStatistics.BATCH
                ? Feed.scores(run(episode.query()).output("logits"))
                : oneByOne(episode);
    }

    /** The mean cross-entropy of a batch. */
    double loss(LabelledImages batch) {
        return Transfer.read(run(batch).output("loss"))[0];
    }

    private Scores oneByOne(Episode episode) {
        LabelledImages query = episode.query();
        double[] probabilities = new double[query.count() * network.way()];
        for (int i = 0; i < query.count(); i++) {
            Scores scores = Feed.scores(run(episode.support().with(query, i)).output("logits"));
            for (int label = 0; label < network.way(); label++) {
                probabilities[i * network.way() + label] = scores.probability(scores.queries() - 1, label);
            }
        }
        return new Scores(network.way(), probabilities);
    }

    private Executor run(LabelledImages batch) {
        int images = batch.count();
        Executor executor = compiled.get(new Forward(images), () -> MetaGraph.forward(network, images, type()));
        Feed.images(executor, "query", patches, List.of(batch));
        Feed.labels(executor, "query-labels", List.of(batch), network.way());
        executor.run();
        return executor;
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
