package io.fewshot4j.learner.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Images of one pixel, of two classes, whose pixels say which they are: 1, 2, 3 and so on. */
final class MannTest {
    private static final ImageShape PIXEL = new ImageShape(1, 1, 1);
    private static final Episode EPISODE =
            new Episode(List.of("a", "b"), images(new int[] {0, 0, 1, 1}, 1), images(new int[] {0, 1}, 5));

    private static LabelledImages images(int[] labels, int first) {
        float[] pixels = new float[labels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = first + i;
        }
        return new LabelledImages(PIXEL, pixels, labels);
    }

    @Test
    void every_image_comes_once_with_the_label_of_the_one_before() {
        Sequence sequence = Sequence.all(EPISODE);
        float[] inputs = sequence.inputs();
        float[] labels = sequence.labels();

        assertThat(IntStream.range(0, 6).mapToObj(step -> (int) inputs[3 * step]))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
        assertThat(new float[] {inputs[1], inputs[2]}).containsExactly(0, 0);
        for (int step = 0; step < 6; step++) {
            int label = List.of(0, 0, 1, 1, 0, 1).get((int) inputs[3 * step] - 1);
            assertThat(labels[2 * step + label]).isEqualTo(1);
            assertThat(labels[2 * step + 1 - label]).isZero();
            if (step > 0) {
                assertThat(inputs[3 * step + 1]).isEqualTo(labels[2 * step - 2]);
                assertThat(inputs[3 * step + 2]).isEqualTo(labels[2 * step - 1]);
            }
        }
    }

    @Test
    void the_order_is_the_episodes_own() {
        assertThat(Sequence.all(EPISODE).inputs())
                .isEqualTo(Sequence.all(EPISODE).inputs())
                .isNotEqualTo(Sequence.all(new Episode(List.of("c", "d"), EPISODE.support(), EPISODE.query()))
                        .inputs());
    }

    @Test
    void the_instances_after_the_shots_count() {
        Sequence sequence = Sequence.all(EPISODE);
        float[] labels = sequence.labels();
        float[] counted = sequence.labels(new int[] {2, 2});
        for (int label = 0; label < 2; label++) {
            int seen = 0;
            for (int step = 0; step < 6; step++) {
                seen += (int) labels[2 * step + label];
                boolean third = labels[2 * step + label] == 1 && seen == 3;
                assertThat(counted[2 * step + label]).isEqualTo(third ? 1 : 0);
            }
        }
    }

    @Test
    void a_round_has_one_image_of_each_class() {
        List<Sequence> rounds = Sequence.rounds(Support.of(EPISODE));

        assertThat(rounds).extracting(Sequence::length).containsExactly(2, 2);
        float[] first = Sequence.joined(rounds.subList(0, 1), 2).inputs();
        assertThat(new float[] {first[0], first[3]}).containsExactlyInAnyOrder(1, 3);
        float[] query = rounds.get(0).then(EPISODE.query(), 1).lastInput();
        float lastLabel = first[3] == 3 ? 1 : 0;
        assertThat(query).containsExactly(6, 1 - lastLabel, lastLabel);
    }

    private static Mann.Settings settings(String... changes) {
        Settings small = Settings.parse(List.of("controller=3", "memory-slots=4", "memory-width=2", "memory-heads=2"));
        return small.with(Settings.parse(List.of(changes))).bind(new Mann().defaults());
    }

    private static final TaskShape SHAPE = Shapes.of(new Mann(), PIXEL, new EpisodeShape(2, 2, 1));

    /** Nothing but the output's bias: a score for each class, whatever is shown. */
    @Test
    void without_weights_answers_are_the_bias() {
        double odds = Math.exp(0.5);
        try (Model model = new Mann().initialise(settings(), SHAPE, 1, DataType.DOUBLE);
                Learner learner = new Mann().create(settings(), SHAPE, model)) {
            model.parameters().flat().assign(0);
            model.parameters().get("output.bias").putScalar(0, 0.5);
            List<Scores> byStep = learner.predict(EPISODE, BatchStatistics.SUPPORT_AND_ONE_QUERY)
                    .byStep();

            assertThat(byStep).hasSize(3);
            for (Scores scores : byStep) {
                assertThat(scores.probability(0, 0)).isCloseTo(odds / (1 + odds), within(1e-12));
                assertThat(scores.probability(1, 0)).isCloseTo(odds / (1 + odds), within(1e-12));
            }
            try (MetaGradient result = learner.metaGradient(List.of(EPISODE))) {
                double right = Math.log(odds / (1 + odds));
                double wrong = Math.log(1 / (1 + odds));
                assertThat(result.loss()).isCloseTo(-(right + wrong) / 2, within(1e-12));
                assertThat(result.accuracy()).isCloseTo(0.5, within(1e-12));
            }
        }
    }

    @Test
    void answers_and_loss_are_those_of_plain_loops() {
        Mann.Settings settings = settings("read-sharpness=2");
        try (Model model = new Mann().initialise(settings, SHAPE, 1, DataType.DOUBLE);
                Learner learner = new Mann().create(settings, SHAPE, model)) {
            model.parameters().flat().muli(2);
            List<Sequence> rounds = Sequence.rounds(Support.of(EPISODE));
            List<Scores> byStep = byStep(learner, EPISODE);
            for (int round = 0; round <= rounds.size(); round++) {
                Sequence before = Sequence.joined(rounds.subList(0, round), 2);
                for (int query = 0; query < 2; query++) {
                    double[][] expected = plain(settings, model)
                            .answers(before.then(EPISODE.query(), query).inputs());
                    assertThat(byStep.get(round).probability(query, 0))
                            .isCloseTo(expected[expected.length - 1][0], within(1e-9));
                }
            }

            Sequence all = Sequence.all(EPISODE);
            double[][] expected = plain(settings, model).answers(all.inputs());
            double loss = 0;
            for (int step = 0; step < all.length(); step++) {
                loss -= Math.log(expected[step][all.labels()[2 * step] == 1 ? 0 : 1]) / all.length();
            }
            try (MetaGradient result = learner.metaGradient(List.of(EPISODE))) {
                assertThat(result.loss()).isCloseTo(loss, within(1e-9));
            }
        }
    }

    private static PlainMann plain(Mann.Settings settings, Model model) {
        float[] usage = new MannNetwork(settings.controller(), settings.memory(), 1, 2).firstUsage();
        return new PlainMann(model.parameters(), settings, 2, usage);
    }

    @Test
    void a_query_is_answered_by_what_was_shown_before_it() {
        try (Model model = new Mann().initialise(settings(), SHAPE, 1, DataType.DOUBLE);
                Learner learner = new Mann().create(settings(), SHAPE, model)) {
            model.parameters().flat().muli(3);
            List<Scores> both = byStep(learner, EPISODE);
            assertThat(learner.axis().name(both.size() - 1)).isEqualTo("instance 3");
            List<Scores> one = byStep(
                    learner,
                    new Episode(
                            EPISODE.classNames(),
                            EPISODE.support(),
                            EPISODE.query().only(1)));

            for (int step = 0; step < 3; step++) {
                assertThat(one.get(step).probability(0, 0))
                        .as("alone or beside another query")
                        .isCloseTo(both.get(step).probability(1, 0), within(1e-12));
            }
            assertThat(both.get(0).probability(0, 0)).isNotEqualTo(both.get(1).probability(0, 0));
            assertThat(both.get(1).probability(0, 0)).isNotEqualTo(both.get(2).probability(0, 0));
        }
    }

    private static List<Scores> byStep(Learner learner, Episode episode) {
        return learner.predict(episode, BatchStatistics.SUPPORT_AND_ONE_QUERY).byStep();
    }

    @Test
    void impossible_memories_are_refused() {
        assertThatThrownBy(() -> settings("memory-heads=5"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("memory-heads and memory-width must be at least 1 and memory-slots at least memory-heads,"
                        + " got 5, 2 and 4");
        assertThatThrownBy(() -> settings("controller=0"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("controller must be at least 1, got 0");
    }
}
