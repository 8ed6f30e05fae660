package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.tensor.Parameters;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adapts a copy of the parameters step by step and scores queries with it. Compiled once for each number of images. */
final class Adaptation implements AutoCloseable {
    private final GradientNetwork network;
    private final Patches patches;
    private final Parameters fast;
    private final Map<Integer, Executor> steps = new HashMap<>();
    private final Map<Integer, Executor> forwards = new HashMap<>();

    Adaptation(GradientNetwork network, Parameters initial) {
        this.network = network;
        this.patches = network.body().patches();
        this.fast = initial.copy();
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
        Executor executor =
                steps.computeIfAbsent(support.count(), count -> executor(MetaGraph.innerStep(network, count, type())));
        Feed.images(executor, "support", patches, support.pixels());
        Feed.labels(executor, "support-labels", support, network.way());
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
        return run(batch).output("loss").getDouble(0);
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
        Executor executor =
                forwards.computeIfAbsent(batch.count(), count -> executor(MetaGraph.forward(network, count, type())));
        Feed.images(executor, "query", patches, batch.pixels());
        Feed.labels(executor, "query-labels", batch, network.way());
        executor.run();
        return executor;
    }

    private Executor executor(Program program) {
        Map<String, INDArray> bound = new HashMap<>();
        fast.names().forEach(name -> bound.put(name, fast.get(name)));
        return new Executor(program, Plan.of(program), bound);
    }

    private DataType type() {
        return fast.flat().dataType();
    }

    @Override
    public void close() {
        steps.values().forEach(Executor::close);
        forwards.values().forEach(Executor::close);
        fast.close();
    }
}
