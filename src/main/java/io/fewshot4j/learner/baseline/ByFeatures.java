package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Features;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A classifier on features that stay as they are. With batch statistics support images and queries are one batch, so
 * that the classifier is made anew for each set of queries; with running ones it is made once.
 */
final class ByFeatures implements Adapted {
    private final Features features;
    private final Support support;
    private final Set<BatchStatistics> known;
    private final Function<Support, Adapted> classifier;
    private Optional<Adapted> byRunning = Optional.empty();

    /**
     * @param known statistics that features can be normalised by
     * @param classifier answers to queries' features, of a support set's features
     */
    ByFeatures(Features features, Support support, Set<BatchStatistics> known, Function<Support, Adapted> classifier) {
        this.features = features;
        this.support = support;
        this.known = known;
        this.classifier = classifier;
    }

    @Override
    public Scores score(LabelledImages queries, BatchStatistics statistics) {
        return ask(queries, statistics, (adapted, rows) -> adapted.score(rows, BatchStatistics.RUNNING));
    }

    @Override
    public Predictions scoreSteps(LabelledImages queries, BatchStatistics statistics) {
        return ask(queries, statistics, (adapted, rows) -> adapted.scoreSteps(rows, BatchStatistics.RUNNING));
    }

    private <R> R ask(
            LabelledImages queries, BatchStatistics statistics, BiFunction<Adapted, LabelledImages, R> question) {
        statistics.requireIn(known, "baseline");
        if (statistics == BatchStatistics.RUNNING) {
            return question.apply(byRunning(), features.of(queries, statistics));
        }
        int border = support.examples().count();
        int count = border + queries.count();
        LabelledImages all = features.of(LabelledImages.joined(List.of(support.examples(), queries)), statistics);
        try (Adapted adapted = on(all.select(IntStream.range(0, border).toArray()))) {
            return question.apply(
                    adapted, all.select(IntStream.range(border, count).toArray()));
        }
    }

    private Adapted byRunning() {
        if (byRunning.isEmpty()) {
            byRunning = Optional.of(on(features.of(support.examples(), BatchStatistics.RUNNING)));
        }
        return byRunning.get();
    }

    private Adapted on(LabelledImages rows) {
        return classifier.apply(new Support(support.classNames(), rows));
    }

    @Override
    public void close() {
        byRunning.ifPresent(Adapted::close);
    }
}
