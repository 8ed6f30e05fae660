package io.fewshot4j.learner.memory;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.PredictionAxis;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Learns from whole sequences. A query is answered after the support images, each query from the same state; its
 * predictions by step are those after one, two, ... images of each class: the accuracy of the second, third, ...
 * instance.
 */
final class MannLearner implements Learner {
    /** It has no batch normalisation: each query is answered alone. */
    private static final Set<BatchStatistics> STATISTICS = EnumSet.of(BatchStatistics.SUPPORT_AND_ONE_QUERY);

    private record Forward(List<Integer> rounds, int queries) {}

    private final MannNetwork network;
    private final TaskShape shape;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;

    MannLearner(MannNetwork network, TaskShape shape, Model model) {
        this.network = network;
        this.shape = shape;
        this.model = model;
        this.meta = new MetaExecutor(() -> MannGraph.metaGradient(network, shape, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        List<Sequence> sequences = tasks.stream().map(Sequence::all).toList();
        Feed.write(executor, MannNetwork.FIRST_USAGE, List.of(network.firstUsage()));
        Feed.write(
                executor, "sequence", sequences.stream().map(Sequence::inputs).toList());
        Feed.write(executor, "labels", sequences.stream().map(Sequence::labels).toList());
        Feed.write(
                executor,
                "counted",
                IntStream.range(0, tasks.size())
                        .mapToObj(i -> sequences
                                .get(i)
                                .labels(tasks.get(i)
                                        .support()
                                        .countByLabel(tasks.get(i).way())))
                        .toList());
    }

    @Override
    public Adapted adapt(Support support) {
        shape.requireWay("mann", support);
        return new Seen(support);
    }

    /** A support set, which is shown to the network again with each set of queries. */
    private final class Seen implements Adapted {
        private final List<String> classNames;
        private final List<Sequence> rounds;

        Seen(Support support) {
            classNames = support.classNames();
            rounds = Sequence.rounds(support);
        }

        @Override
        public Scores score(LabelledImages queries, BatchStatistics statistics) {
            return scoreSteps(queries, statistics).last();
        }

        @Override
        public Predictions scoreSteps(LabelledImages queries, BatchStatistics statistics) {
            statistics.requireIn(STATISTICS, "mann");
            List<Integer> sizes = rounds.stream().map(Sequence::length).toList();
            Executor forward = compiled.get(
                    new Forward(sizes, queries.count()),
                    () -> MannGraph.forward(network, sizes, queries.count(), model.type()));
            feed(forward, queries);
            forward.run();
            return new Predictions(IntStream.rangeClosed(0, rounds.size())
                    .mapToObj(round -> forward.output(MannGraph.after("logits", round)))
                    .map(logits -> Scores.of(shape.objective(), logits))
                    .toList());
        }

        private void feed(Executor forward, LabelledImages queries) {
            Feed.write(forward, MannNetwork.FIRST_USAGE, List.of(network.firstUsage()));
            Feed.write(forward, "support", List.of(before(rounds.size()).inputs()));
            for (int round = 0; round <= rounds.size(); round++) {
                Sequence seen = before(round);
                Feed.write(
                        forward,
                        MannGraph.after("query", round),
                        IntStream.range(0, queries.count())
                                .mapToObj(i -> seen.then(queries, i).lastInput())
                                .toList());
            }
        }

        private Sequence before(int round) {
            return Sequence.joined(rounds.subList(0, round), classNames.size());
        }
    }

    @Override
    public PredictionAxis axis() {
        return PredictionAxis.INSTANCE;
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return STATISTICS;
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
