package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.CheckpointStore;
import io.fewshot4j.checkpoint.Manifest;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.tensor.LiveArrays;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Contract of every learner of the catalog. */
final class LearnerContractTest {
    static List<Named> learners() {
        return Catalog.classifiers().stream().map(Named::new).toList();
    }

    /** Learners that have something to train. */
    static List<Named> trained() {
        return learners().stream()
                .filter(learner -> SmallRun.trains(learner.spec))
                .toList();
    }

    record Named(LearnerSpec<?> spec) {
        @Override
        public String toString() {
            return spec.name();
        }
    }

    /** They learn to bind labels to images only after thousands of episodes. */
    private static final Set<String> SLOW = Set.of("mann");
    /** Iterations of those that need more than 40 before they answer better than chance. */
    private static final Map<String, Integer> ITERATIONS = Map.of("metanet", 100);

    static List<Named> quickLearners() {
        return trained().stream()
                .filter(learner -> !SLOW.contains(learner.spec.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("quickLearners")
    void training_a_little_lifts_it_above_chance_and_above_its_first_state(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec)) {
            double before = run.accuracy(20, run.statistics());
            double after =
                    run.train(ITERATIONS.getOrDefault(learner.spec.name(), 40)).accuracy(20, run.statistics());

            assertThat(after).isGreaterThan(0.45).isGreaterThan(before + 0.06);
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void predictions_leave_the_model_and_repeat(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec).train(2)) {
            byte[] model = run.bits();
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                double[] first = probabilities(run, SmallRun.test(0), statistics);
                probabilities(run, SmallRun.test(1), statistics);

                assertThat(probabilities(run, SmallRun.test(0), statistics)).isEqualTo(first);
                assertThat(run.bits()).isEqualTo(model);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void an_answer_is_the_last_of_its_predictions(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec).train(2)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                double[] last = probabilities(run, SmallRun.test(0), statistics);

                try (Adapted adapted = run.learner().adapt(Support.of(SmallRun.test(0)))) {
                    assertThat(probabilities(adapted.score(SmallRun.test(0).query(), statistics)))
                            .isEqualTo(last);
                    assertThat(probabilities(adapted.score(SmallRun.test(0).query(), statistics)))
                            .as("asked again")
                            .isEqualTo(last);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void meta_gradients_leave_the_model_and_repeat(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec)) {
            byte[] model = run.bits();
            double[] first = gradient(run, SmallRun.training(0));
            gradient(run, SmallRun.training(1));

            assertThat(gradient(run, SmallRun.training(0))).isEqualTo(first);
            assertThat(run.bits()).isEqualTo(model);
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void several_tasks_in_a_graph_give_the_mean_of_each_alone(Named learner) {
        List<Episode> tasks =
                LongStream.range(0, 6).mapToObj(SmallRun::training).toList();
        for (List<String> settings : NETWORKS) {
            try (SmallRun run = new SmallRun(learner.spec, 1, DataType.DOUBLE, settings.toArray(new String[0]));
                    Learner together = run.withTasksPerGraph(3);
                    MetaGradient mean = run.learner().metaGradient(tasks);
                    MetaGradient means = together.metaGradient(tasks)) {
                assertThat(means.tasks()).isEqualTo(6);
                assertThat(means.loss()).isCloseTo(mean.loss(), within(1e-12 * mean.loss()));
                assertThat(means.accuracy()).isCloseTo(mean.accuracy(), within(1e-12));
                requireClose(means.gradient(), mean.gradient());
                requireClose(means.statistics(), mean.statistics());
            }
        }
    }

    private static final List<List<String>> NETWORKS = List.of(
            List.of("padding=torch"),
            List.of("pooling=max-pool", "head=mean", "padding=tensorflow"),
            List.of("order=1", "batch-norm-gain=false", "adapt-batch-norm=false", "padding=tensorflow"));

    /** To 1e-12 of the largest entry. */
    private static void requireClose(Parameters actual, Parameters expected) {
        double[] values = Transfer.read(expected.flat());
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        assertThat(Transfer.read(actual.flat())).containsExactly(values, within(1e-12 * largest));
    }

    @ParameterizedTest
    @MethodSource("trained")
    void other_numbers_of_tasks_than_a_graphs_are_refused(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec);
                Learner together = run.withTasksPerGraph(2)) {
            List<Episode> three =
                    LongStream.range(0, 3).mapToObj(SmallRun::training).toList();

            assertThatThrownBy(() -> together.metaGradient(three))
                    .hasMessage("tasks must be a multiple of tasks-per-graph 2, got 3");
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void the_same_seed_gives_the_same_run_and_another_one_another(Named learner) {
        try (SmallRun one = new SmallRun(learner.spec).train(3);
                SmallRun same = new SmallRun(learner.spec).train(3);
                SmallRun other = new SmallRun(learner.spec, 2, DataType.FLOAT)) {
            assertThat(same.bits()).isEqualTo(one.bits());
            assertThat(other.train(3).bits()).isNotEqualTo(one.bits());
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void a_checkpoint_keeps_it(Named learner, @TempDir Path folder) {
        CheckpointStore store = RunFolder.create(folder).checkpoints();
        Manifest manifest = new Manifest(new Provenance("1", Map.of(), 1, "data", "cpu"), Progress.NONE, Map.of());
        try (SmallRun trained = new SmallRun(learner.spec).train(2);
                SmallRun fresh = new SmallRun(learner.spec, 2, DataType.FLOAT)) {
            store.save(new Checkpoint(manifest, trained.model(), Map.of()));
            try (Checkpoint checkpoint = store.latest().orElseThrow()) {
                checkpoint.restore(fresh.model());
            }

            assertThat(fresh.bits()).isEqualTo(trained.bits());
            for (BatchStatistics statistics : trained.learner().supportedStatistics()) {
                assertThat(probabilities(fresh, SmallRun.test(0), statistics))
                        .isEqualTo(probabilities(trained, SmallRun.test(0), statistics));
            }
        }
    }

    @Test
    void nothing_is_left_off_the_heap() {
        learners().forEach(LearnerContractTest::use);
        int before = LiveArrays.settled();
        learners().forEach(LearnerContractTest::use);

        assertThat(LiveArrays.settled()).isEqualTo(before);
    }

    private static void use(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec).train(1)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                run.learner().predict(SmallRun.test(0), statistics);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void classes_may_have_unequal_shots_and_queries(Named learner) {
        Episode episode = SmallRun.test(0);
        // all support images, and the first queries of labels 1, 3 and 3 as further shots
        LabelledImages support = episode.support();
        for (int image : new int[] {3, 9, 10}) {
            support = support.with(episode.query(), image);
        }
        Episode unequal = new Episode(
                episode.classNames(), support, episode.query().only(0).with(episode.query(), 14));
        try (SmallRun run = new SmallRun(learner.spec)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                double[] probabilities = probabilities(run, unequal, statistics);

                assertThat(probabilities).hasSize(10);
                assertThat(Arrays.stream(probabilities, 0, 5).sum()).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void another_number_of_classes_works_or_the_message_names_a_learner_for_which_it_does() {
        Episode episode = threeClasses(SmallRun.test(0));
        List<String> able = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (LearnerSpec<?> spec : Catalog.classifiers()) {
            try (SmallRun run = new SmallRun(spec)) {
                assertThat(probabilities(run, episode, run.statistics())).hasSize(9 * 3);
                able.add(spec.name());
            } catch (FewShotException e) {
                assertThat(e).hasMessageStartingWith(spec.name() + " was trained for 5 classes, got 3");
                messages.add(e.getMessage());
            }
        }
        assertThat(able).isNotEmpty();
        assertThat(messages).allSatisfy(message -> assertThat(message).containsAnyOf(able.toArray(String[]::new)));
    }

    private static Episode threeClasses(Episode episode) {
        return new Episode(episode.classNames().subList(0, 3), first(episode.support(), 3), first(episode.query(), 9));
    }

    private static LabelledImages first(LabelledImages images, int count) {
        LabelledImages result = images.only(0);
        for (int i = 1; i < count; i++) {
            result = result.with(images, i);
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("learners")
    void statistics_that_it_cannot_use_are_refused(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec)) {
            for (BatchStatistics statistics : BatchStatistics.values()) {
                if (!run.learner().supportedStatistics().contains(statistics)) {
                    assertThatThrownBy(() -> run.learner().predict(SmallRun.test(0), statistics))
                            .isInstanceOf(FewShotException.class)
                            .hasMessage(learner + " takes batch statistics from "
                                    + run.learner().supportedStatistics() + ", got " + statistics);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void only_transductive_statistics_let_a_query_see_the_others(Named learner) {
        Episode episode = SmallRun.test(0);
        Episode changed = new Episode(episode.classNames(), episode.support(), darkened(episode.query()));
        try (SmallRun run = new SmallRun(learner.spec).train(2)) {
            for (BatchStatistics statistics : run.learner().supportedStatistics()) {
                double[] first = Arrays.copyOf(probabilities(run, episode, statistics), 5);
                double[] second = Arrays.copyOf(probabilities(run, changed, statistics), 5);

                assertThat(Arrays.equals(first, second)).as(statistics.name()).isEqualTo(!statistics.transductive());
            }
            assertThat(run.learner().supportedStatistics()).anyMatch(statistics -> !statistics.transductive());
        }
    }

    /** All images but the first are black. */
    private static LabelledImages darkened(LabelledImages images) {
        ImageShape shape = images.shape();
        float[] pixels = Arrays.copyOf(Arrays.copyOf(images.pixels(), shape.size()), images.pixels().length);
        return new LabelledImages(shape, pixels, images.labels());
    }

    @ParameterizedTest
    @MethodSource("trained")
    void the_meta_gradient_of_tasks_is_the_mean_of_theirs(Named learner) {
        try (SmallRun run = new SmallRun(learner.spec, 1, DataType.DOUBLE, "filters=2");
                MetaGradient one = run.learner().metaGradient(List.of(SmallRun.training(0)));
                MetaGradient two = run.learner().metaGradient(List.of(SmallRun.training(1)));
                MetaGradient both = run.learner().metaGradient(List.of(SmallRun.training(0), SmallRun.training(1)))) {
            assertThat(both.tasks()).isEqualTo(2);
            assertThat(both.loss()).isCloseTo((one.loss() + two.loss()) / 2, within(1e-12));
            assertThat(both.accuracy()).isCloseTo((one.accuracy() + two.accuracy()) / 2, within(1e-12));
            assertThat(Transfer.read(both.gradient().flat()))
                    .containsExactly(
                            Transfer.read(one.gradient()
                                    .flat()
                                    .add(two.gradient().flat())
                                    .div(2)),
                            within(1e-12));
            assertThat(Transfer.read(both.statistics().flat()))
                    .containsExactly(
                            Transfer.read(one.statistics()
                                    .flat()
                                    .add(two.statistics().flat())
                                    .div(2)),
                            within(1e-12));
        }
    }

    private static double[] probabilities(SmallRun run, Episode episode, BatchStatistics statistics) {
        return probabilities(run.learner().predict(episode, statistics).last());
    }

    private static double[] probabilities(Scores scores) {
        return IntStream.range(0, scores.queries() * scores.way())
                .mapToDouble(i -> scores.probability(i / scores.way(), i % scores.way()))
                .toArray();
    }

    private static double[] gradient(SmallRun run, Episode task) {
        try (MetaGradient gradient = run.learner().metaGradient(List.of(task))) {
            return Transfer.read(gradient.gradient().flat());
        }
    }
}
