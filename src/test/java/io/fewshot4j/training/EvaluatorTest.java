package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final EpisodeList EPISODES = Runs.validation(8);

    @Test
    void each_choice_of_statistics_is_scored_in_the_order_of_the_enum() {
        EvaluationResult result = evaluate(1, new ArrayList<>());

        assertThat(result.modes())
                .extracting(EvaluationResult.Mode::statistics)
                .containsExactly(BatchStatistics.BATCH, BatchStatistics.RUNNING);
        EvaluationResult.Mode mode = result.modes().get(0);
        assertThat(mode.accuracyByStep()).hasSize(2);
        assertThat(mode.accuracyByEpisode()).hasSize(8);
        assertThat(mode.accuracy()).isEqualTo(Interval.of(mode.accuracyByEpisode()));
        assertThat(mode.accuracyByStep().get(0).mean()).isEqualTo(1.0 / 3, within(1e-15)); // always label 0
    }

    @Test
    void the_result_says_what_was_scored() {
        EvaluationResult result = evaluate(1, new ArrayList<>());

        assertThat(result.split()).isEqualTo(Split.TEST);
        assertThat(result.shape()).isEqualTo(Runs.SHAPE);
        assertThat(result.episodes()).isEqualTo(8);
        assertThat(result.seed()).isEqualTo(99);
        assertThat(result.episodesHash()).isEqualTo(EPISODES.hash());
    }

    @Test
    void any_number_of_threads_gives_the_same_result_and_progress_in_order() {
        List<String> progress = new ArrayList<>();
        EvaluationResult result = evaluate(2, progress);

        assertThat(result).isEqualTo(evaluate(1, new ArrayList<>()));
        assertThat(progress).hasSize(8).startsWith("1 of 8", "2 of 8").endsWith("7 of 8", "8 of 8");
    }

    @Test
    void a_score_counts_right_answers_and_averages_the_cross_entropy() {
        LabelledImages queries = new LabelledImages(new ImageShape(1, 1, 1), new float[3], new int[] {0, 1, 1});
        Scores before = new Scores(2, new double[] {1, 0, 1, 0, 1, 0});
        Scores after = new Scores(2, new double[] {0.5, 0.5, 0.25, 0.75, 1, 0});

        EpisodeScore score = EpisodeScore.of(new Predictions(List.of(before, after)), queries);

        assertThat(score.accuracyByStep()).containsExactly(1.0 / 3, 2.0 / 3);
        assertThat(score.accuracy()).isEqualTo(2.0 / 3);
        double impossible = -Math.log(Double.MIN_NORMAL);
        assertThat(score.loss()).isEqualTo((-Math.log(0.5) - Math.log(0.75) + impossible) / 3, within(1e-12));
    }

    private static EvaluationResult evaluate(int threads, List<String> progress) {
        try (Model model = Runs.model();
                Workers<Learner> workers = new Workers<>(LinearLearner::new, model, threads)) {
            return new Evaluator(workers)
                    .evaluate(
                            Split.TEST,
                            EPISODES,
                            workers.ask(Learner::supportedStatistics),
                            done -> progress.add(done + " of " + EPISODES.count()));
        }
    }
}
