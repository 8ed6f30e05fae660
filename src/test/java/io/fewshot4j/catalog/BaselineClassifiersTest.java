package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.tensor.LiveArrays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Each way in which a pretrained network answers. */
final class BaselineClassifiersTest {
    private static final int STEPS = 3;

    static List<String> classifiers() {
        return List.of(
                "classifier=nearest-neighbour",
                "classifier=new-head",
                "classifier=new-head class-scores=cosine",
                "classifier=fine-tune",
                "classifier=fine-tune class-scores=cosine",
                "classifier=fine-tune network=mlp hidden=12",
                "classifier=fine-tune network=resnet12 widths=4,6");
    }

    private static SmallRun run(String settings) {
        String all = settings + " fine-tune-learning-rate=0.1 fine-tune-decay=0.1 test-inner-steps=" + STEPS;
        return new SmallRun(Catalog.learner("baseline"), 1, DataType.FLOAT, all.split(" "));
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void answers_repeat_leave_the_model_and_come_after_every_step(String settings) {
        Episode episode = SmallRun.test(0);
        int scored = settings.contains("nearest") ? 1 : STEPS + 1;
        try (SmallRun run = run(settings).train(2)) {
            byte[] model = run.bits();
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                Predictions first = run.learner().predict(episode, statistics);
                run.learner().predict(SmallRun.test(1), statistics);
                try (Adapted adapted = run.learner().adapt(Support.of(episode))) {
                    double[] last = probabilities(adapted.score(episode.query(), statistics));

                    assertThat(probabilities(first.last())).isEqualTo(last);
                    assertThat(probabilities(adapted.score(episode.query(), statistics)))
                            .isEqualTo(last);
                }
                assertThat(first.byStep()).hasSize(scored);
                assertThat(run.bits()).isEqualTo(model);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void only_transductive_statistics_let_a_query_see_the_others(String settings) {
        Episode episode = SmallRun.test(0);
        LabelledImages alone = episode.query().only(0);
        try (SmallRun run = run(settings).train(2);
                Adapted adapted = run.learner().adapt(Support.of(episode))) {
            double[] among = Arrays.copyOf(probabilities(adapted.score(episode.query(), BatchStatistics.RUNNING)), 5);
            double[] inBatch = Arrays.copyOf(probabilities(adapted.score(episode.query(), BatchStatistics.BATCH)), 5);

            assertThat(probabilities(adapted.score(alone, BatchStatistics.RUNNING)))
                    .containsExactly(among, within(1e-5));
            assertThat(probabilities(adapted.score(alone, BatchStatistics.BATCH)))
                    .isNotEqualTo(inBatch);
        }
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void adapting_to_one_support_set_after_another_does_not_mix_them(String settings) {
        Episode one = SmallRun.test(0);
        Episode other = SmallRun.test(1);
        try (SmallRun run = run(settings).train(2)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                double[] expected =
                        probabilities(run.learner().predict(one, statistics).last());
                try (Adapted first = run.learner().adapt(Support.of(one));
                        Adapted second = run.learner().adapt(Support.of(other))) {
                    second.score(other.query(), statistics);

                    assertThat(probabilities(first.score(one.query(), statistics)))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void any_number_of_classes_and_shots_is_taken(String settings) {
        Episode episode = SmallRun.test(0);
        LabelledImages support = episode.support().select(0, 1, 2).with(episode.query(), 0);
        Episode three = new Episode(
                episode.classNames().subList(0, 3), support, episode.query().select(1, 2));
        try (SmallRun run = run(settings)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                assertThat(probabilities(
                                run.learner().predict(three, statistics).last()))
                        .hasSize(2 * 3);
                assertThat(probabilities(
                                run.learner().predict(episode, statistics).last()))
                        .hasSize(15 * 5);
            }
        }
    }

    @Test
    void nothing_is_left_off_the_heap() {
        classifiers().forEach(BaselineClassifiersTest::use);
        int before = LiveArrays.settled();
        classifiers().forEach(BaselineClassifiersTest::use);

        assertThat(LiveArrays.settled()).isEqualTo(before);
    }

    private static void use(String settings) {
        try (SmallRun run = run(settings)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                run.learner().predict(SmallRun.test(0), statistics);
            }
        }
    }

    private static double[] probabilities(Scores scores) {
        return IntStream.range(0, scores.queries() * scores.way())
                .mapToDouble(i -> scores.probability(i / scores.way(), i % scores.way()))
                .toArray();
    }
}
