package io.fewshot4j.report;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Scores;
import java.util.List;
import java.util.stream.IntStream;

/** An episode with the answers given to its queries. */
public record EpisodePicture(Episode episode, Scores scores, BatchStatistics statistics) {
    public EpisodePicture {
        if (scores.queries() != episode.query().count() || scores.way() != episode.way()) {
            throw new IllegalArgumentException(
                    "scores must be of " + episode.query().count() + " queries and " + episode.way() + " classes, got "
                            + scores.queries() + " and " + scores.way());
        }
    }

    /** The answer to one query: class names, and the predicted one's probability. */
    public record Answer(String trueClass, String predictedClass, double probability, boolean right) {}

    /** The answers, in the order of the queries. */
    public List<Answer> answers() {
        return IntStream.range(0, scores.queries()).mapToObj(this::answer).toList();
    }

    private Answer answer(int query) {
        int truth = episode.query().label(query);
        int predicted = scores.predicted(query);
        List<String> names = episode.classNames();
        double probability = scores.probability(query, predicted);
        return new Answer(names.get(truth), names.get(predicted), probability, truth == predicted);
    }
}
