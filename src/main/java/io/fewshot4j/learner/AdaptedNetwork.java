package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.runtime.Executor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The states that inner steps went through. Queries are written once and scored with one state after another. */
final class AdaptedNetwork implements Adapted {
    /** Images that are scored at once where a batch is small. */
    private static final int MOST_IMAGES = 128;

    private final Adaptation adaptation;
    private final List<INDArray> states;
    private final LabelledImages support;

    private record Forward(int variant, int batches, int images) {}

    private record ForwardBySupport(int variant, int support, int queries) {}

    /** Takes ownership of the states. */
    AdaptedNetwork(Adaptation adaptation, List<INDArray> states, LabelledImages support) {
        this.adaptation = adaptation;
        this.states = states;
        this.support = support;
    }

    @Override
    public Scores score(LabelledImages queries, BatchStatistics statistics) {
        return scores(queries, statistics, states.size() - 1).get(0);
    }

    @Override
    public Predictions scoreSteps(LabelledImages queries, BatchStatistics statistics) {
        return new Predictions(scores(queries, statistics, 0));
    }

    /** Scores by the states from one on. */
    private List<Scores> scores(LabelledImages queries, BatchStatistics statistics, int first) {
        statistics.requireIn(graphs().statistics(), adaptation.learner());
        return switch (statistics) {
            case BATCH -> batches(List.of(queries), first);
            case SUPPORT -> bySupport(queries, first);
            case RUNNING -> byRunning(queries, first);
            case SUPPORT_AND_ONE_QUERY -> oneByOne(queries, first);
        };
    }

    private List<Scores> oneByOne(LabelledImages queries, int first) {
        int images = support.count() + 1;
        int group = Math.max(1, MOST_IMAGES / images);
        List<List<Scores>> byState = new ArrayList<>();
        IntStream.range(first, states.size()).forEach(state -> byState.add(new ArrayList<>()));
        for (int from = 0; from < queries.count(); from += group) {
            List<LabelledImages> behindSupport = IntStream.range(from, Math.min(from + group, queries.count()))
                    .mapToObj(query -> support.with(queries, query))
                    .toList();
            List<Scores> ofGroup = batches(behindSupport, first);
            for (int i = 0; i < byState.size(); i++) {
                byState.get(i).addAll(ofGroup.get(i).inRuns(images));
            }
        }
        return byState.stream().map(Scores::ofLastRows).toList();
    }

    /** Scores of batches of equal size, each normalised by itself. */
    private List<Scores> batches(List<LabelledImages> batches, int first) {
        int images = batches.get(0).count();
        return inTurn(first, variant -> {
            Executor executor = adaptation.executor(
                    new Forward(variant, batches.size(), images),
                    () -> graphs().forward(variant, batches.size(), images, adaptation.type()));
            graphs().set("query", images).feed(executor, batches);
            return executor;
        });
    }

    private List<Scores> bySupport(LabelledImages queries, int first) {
        return inTurn(first, variant -> {
            Executor executor = adaptation.executor(
                    new ForwardBySupport(variant, support.count(), queries.count()),
                    () -> graphs().forwardBySupport(variant, support.count(), queries.count(), adaptation.type()));
            graphs().set("support", support.count()).feed(executor, List.of(support));
            graphs().set("query", queries.count()).feed(executor, List.of(queries));
            return executor;
        });
    }

    private List<Scores> byRunning(LabelledImages queries, int first) {
        return inTurn(first, variant -> {
            Executor executor = adaptation.executor(
                    queries.count(), () -> graphs().forwardByRunning(queries.count(), adaptation.type()));
            graphs().set("query", queries.count()).feed(executor, List.of(queries));
            return executor;
        });
    }

    /** A program that was given its queries. */
    @FunctionalInterface
    private interface Fed {
        Executor of(int variant);
    }

    /** One state after another; a program is fed once for all states that it serves. */
    private List<Scores> inTurn(int first, Fed fed) {
        List<Scores> scores = new ArrayList<>();
        int variant = variant(first);
        Executor executor = fed.of(variant);
        for (int state = first; state < states.size(); state++) {
            if (variant(state) != variant) {
                variant = variant(state);
                executor = fed.of(variant);
            }
            adaptation.restore(states.get(state));
            executor.run();
            scores.add(graphs().scores(executor.output(AdaptationGraphs.OUTPUTS)));
        }
        return scores;
    }

    /** A state is scored as the step before it has made it. */
    private int variant(int state) {
        return graphs().variant(Math.max(0, state - 1));
    }

    private AdaptationGraphs graphs() {
        return adaptation.graphs();
    }

    @Override
    public void close() {
        states.forEach(INDArray::close);
    }
}
