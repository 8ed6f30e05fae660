package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.SameBits;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.GradientCheck;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.ReptileNetwork.Combination;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.RawValues;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

final class ReptileTest {
    private static final int IMAGE = 9;
    private static final double EPSILON = 0.3;
    private final Reptile reptile = new Reptile();

    private static ReptileSettings settings(String... changes) {
        return Settings.parse(List.of("inner-steps=3", "inner-batch=4"))
                .with(Settings.parse(List.of(changes)))
                .bind(new Reptile().defaults());
    }

    private TaskShape shape(String... changes) {
        return Shapes.of(reptile, IMAGE, Tasks.EPISODE, changes.length == 0 ? new String[] {"filters=2"} : changes);
    }

    private static LearnerSpec<ReptileSettings> spec(String learner) {
        return learner.equals("reptile") ? new Reptile() : new Foml();
    }

    /** Two classes of one-pixel images, five to learn from and two to ask. */
    private static Episode pixels(long seed) {
        Random random = new Random(seed);
        ImageShape pixel = new ImageShape(1, 1, 1);
        float[] support = new float[5];
        float[] query = new float[3];
        for (int i = 0; i < 5; i++) {
            support[i] = random.nextFloat();
        }
        for (int i = 0; i < 3; i++) {
            query[i] = random.nextFloat();
        }
        return new Episode(
                List.of("a", "b", "c"),
                new LabelledImages(pixel, support, new int[] {0, 1, 2, 0, 1}),
                new LabelledImages(pixel, query, new int[] {0, 1, 2}));
    }

    private static double[] parameters(Model model) {
        return Transfer.read(model.parameters().flat());
    }

    @ParameterizedTest
    @CsvSource({
        "sgd, reptile, shared",
        "sgd, reptile, separate",
        "sgd, foml, shared",
        "adam, reptile, shared",
        "adam, foml, separate"
    })
    void golden_episodes_agree_with_plain_arithmetic(String optimizer, String name, String tail) {
        ReptileSettings settings = settings("inner-learning-rate=0.05", "inner-optimizer=" + optimizer, "tail=" + tail);
        LearnerSpec<ReptileSettings> spec = spec(name);
        TaskShape shape = Shapes.of(spec, 1, new EpisodeShape(3, 1, 1), "filters=1", "batch-norm-epsilon=" + EPSILON);
        try (Model model = spec.initialise(settings, shape, 4, DataType.DOUBLE);
                Learner learner = spec.create(settings, shape, model)) {
            model.parameters().flat().addi(0.2);
            boolean last = name.equals("foml");
            PlainReptile first =
                    requireGolden(settings, last, learner, pixels(1), new double[parameters(model).length], 0);
            requireGolden(settings, last, learner, pixels(2), first.moment, first.steps);
        }
    }

    /** One task, after which its statistics are the model's: the next task goes on with them. */
    private static PlainReptile requireGolden(
            ReptileSettings settings, boolean last, Learner learner, Episode task, double[] moment, int steps) {
        PlainReptile plain = new PlainReptile(3, EPSILON, parameters(learner.model()), moment, steps);
        double before = 0;
        for (LabelledImages batch : InnerBatches.training(settings, task)) {
            before = plain.loss(task.query());
            if (settings.innerOptimizer() == ReptileSettings.InnerOptimizer.ADAM) {
                plain.adam(batch, settings.innerLearningRate());
            } else {
                plain.sgd(batch, settings.innerLearningRate());
            }
        }
        double[] expected = last ? plain.update : plain.sum;
        boolean shared = settings.tail() == ReptileSettings.Tail.SHARED;
        try (MetaGradient gradient = learner.metaGradient(List.of(task))) {
            assertThat(Transfer.read(gradient.gradient().flat())).containsExactly(expected, within(1e-7));
            assertThat(gradient.loss()).isCloseTo(shared ? plain.loss(task.query()) : before, within(1e-7));
            if (plain.steps > 0) {
                double[] statistics = Transfer.read(gradient.statistics().flat());
                assertThat(Arrays.copyOf(statistics, moment.length)).containsExactly(plain.moment, within(1e-9));
                assertThat(statistics[moment.length]).isCloseTo(1 - Math.pow(0.999, plain.steps), within(1e-12));
                learner.model().statistics().assign(gradient.statistics());
            }
        }
        return plain;
    }

    @Test
    void the_mean_of_several_tasks_is_the_same_in_one_graph() {
        ReptileSettings settings = settings();
        List<Episode> tasks = List.of(Tasks.episode(IMAGE, 0), Tasks.episode(IMAGE, 1));
        try (Model model = reptile.initialise(settings, shape(), 1, DataType.DOUBLE);
                Learner alone = reptile.create(settings, shape(), model);
                Learner together = reptile.create(settings, shape().withTasksPerGraph(2), model)) {
            model.statistics().flat().addi(0.01);
            try (MetaGradient one = alone.metaGradient(tasks);
                    MetaGradient both = together.metaGradient(tasks)) {
                assertThat(Transfer.read(both.gradient().flat()))
                        .containsExactly(Transfer.read(one.gradient().flat()), within(1e-12));
                assertThat(Transfer.read(both.statistics().flat()))
                        .containsExactly(Transfer.read(one.statistics().flat()), within(1e-14));
                assertThat(both.loss()).isCloseTo(one.loss(), within(1e-12));
            }
            assertThat(together.cost().operations()).isPositive();
            assertThat(alone.cost().bufferBytes()).isLessThan(together.cost().bufferBytes());
        }
    }

    /**
     * Holds with all support images in each batch and a separate tail: the last batch's gradient after one step fewer.
     */
    @Test
    void foml_is_first_order_maml_times_the_inner_rate() {
        Settings shared = Settings.parse(List.of("inner-learning-rate=0.3", "head-init=glorot"));
        GradientSettings maml = shared.with(Settings.parse(List.of("inner-steps=2", "adapt-batch-norm=true")))
                .bind(new Fomaml().defaults());
        ReptileSettings foml = shared.with(
                        Settings.parse(List.of("inner-optimizer=sgd", "inner-steps=3", "inner-batch=5")))
                .bind(new Foml().defaults());
        List<Episode> tasks = List.of(Tasks.episode(IMAGE, 0), Tasks.episode(IMAGE, 1));
        try (Model model = new Foml().initialise(foml, shape(), 1, DataType.DOUBLE);
                Learner one = new Fomaml().create(maml, shape(), model);
                Learner other = new Foml().create(foml, shape(), model);
                MetaGradient expected = one.metaGradient(tasks);
                MetaGradient actual = other.metaGradient(tasks)) {
            assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-12));
            assertThat(Transfer.read(actual.gradient().flat()))
                    .containsExactly(Transfer.read(expected.gradient().flat().mul(0.3)), within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reptile, shared, stride",
        "reptile, separate, stride",
        "foml, shared, stride",
        "foml, separate, max-pool-same"
    })
    void sgd_updates_are_gradients(String name, String tail, String pooling) {
        LearnerSpec<ReptileSettings> spec = spec(name);
        ReptileSettings settings = settings("inner-optimizer=sgd", "inner-learning-rate=0.3", "tail=" + tail);
        TaskShape shape = Shapes.of(spec, 11, Tasks.EPISODE, "filters=2", "pooling=" + pooling);
        List<Episode> tasks = List.of(Tasks.episode(11, 0), Tasks.episode(11, 1));
        try (Model model = spec.initialise(settings, shape, 1, DataType.DOUBLE);
                Learner learner = spec.create(settings, shape, model)) {
            assertThat(GradientCheck.compare(learner, tasks, 1, 1))
                    .hasSize(14)
                    .allSatisfy(
                            row -> assertThat(row.error()).as(row.parameter()).isLessThan(1e-6));
        }
    }

    @Test
    void adam_updates_are_not() {
        try (Model model = reptile.initialise(settings(), shape(), 1, DataType.DOUBLE);
                Learner learner = reptile.create(settings(), shape(), model)) {
            assertThatThrownBy(() -> learner.loss(List.of(Tasks.episode(IMAGE, 0))))
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("inner-optimizer must be sgd for a gradient check, got adam: the updates of reptile are"
                            + " then no derivative; set inner-optimizer=sgd");
        }
    }

    @Test
    void evaluation_goes_on_with_the_second_moment_and_takes_it_back() {
        ReptileSettings settings = settings("test-inner-steps=3", "inner-learning-rate=0.05");
        Episode episode = Tasks.episode(IMAGE, 0);
        try (Model model = reptile.initialise(settings, shape(), 1, DataType.FLOAT);
                Learner learner = reptile.create(settings, shape(), model)) {
            double fresh = answer(learner, episode);
            model.statistics().flat().assign(0.5);
            byte[] statistics = RawValues.bytes(model.statistics().flat());
            double carried = answer(learner, episode);

            assertThat(carried).isNotEqualTo(fresh).isEqualTo(answer(learner, episode));
            assertThat(RawValues.bytes(model.statistics().flat())).isEqualTo(statistics);
        }
    }

    private static double answer(Learner learner, Episode episode) {
        var byStep =
                learner.predict(episode, BatchStatistics.SUPPORT_AND_ONE_QUERY).byStep();
        assertThat(byStep).hasSize(4);
        return byStep.get(3).probability(0, 0);
    }

    @Test
    void every_parameter_adapts_batch_normalisation_too() {
        try (Model model = reptile.initialise(settings(), shape(), 1, DataType.FLOAT);
                Learner learner = reptile.create(settings(), shape(), model);
                MetaGradient gradient = learner.metaGradient(List.of(Tasks.episode(IMAGE, 0)))) {
            assertThat(gradient.gradient().names()).contains("bn0.weight", "bn3.bias", "fc.bias");
            for (String name : gradient.gradient().names()) {
                assertThat(gradient.gradient().get(name).amaxNumber().doubleValue())
                        .as(name)
                        .isPositive();
            }
        }
    }

    @Test
    void graphs_have_the_sessions_bits() {
        for (int tasks : new int[] {1, 2}) {
            TaskShape shape = shape().withTasksPerGraph(tasks);
            Stream.of(
                            new ReptileNetwork(settings(), Combination.SUM, shape),
                            new ReptileNetwork(
                                    settings("tail=separate", "inner-optimizer=sgd"), Combination.LAST, shape))
                    .forEach(network -> {
                        SameBits.require(type -> ReptileGraph.innerStep(network, shape.set("batch", 4), type), 1);
                        SameBits.require(type -> ReptileGraph.metaGradient(network, type), 2);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inner-steps=0          | inner-steps must be at least 1, got 0
            inner-batch=0          | inner-batch must be at least 1, got 0
            test-inner-steps=0     | test-inner-steps must be at least 1, got 0
            test-inner-batch=-1    | test-inner-batch must be at least 1, got -1
            inner-batch=2147483647 | inner-steps x inner-batch must be at most 1000000 images, got 3 x 2147483647
            filters=0              | filters must be at least 1, got 0
            inner-learning-rate=0  | inner-learning-rate must be above 0, got 0.0
            batch-norm-epsilon=0   | batch-norm-epsilon must be above 0, got 0.0
            """)
    void values_out_of_range_are_refused(String setting, String message) {
        assertThatThrownBy(() -> {
                    settings(setting);
                    shape(setting);
                })
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }
}
