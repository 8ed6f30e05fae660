package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.backend.Device;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.MemoryDataset;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.EpisodeValidation;
import io.fewshot4j.training.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

final class ExperimentTest {
    private static final Settings SMALL = Settings.parse(List.of(
            "dataset=glyphs",
            "train-classes=6",
            "validation-classes=5",
            "test-classes=5",
            "images-per-class=4",
            "image-size=16",
            "filters=2"));

    @TempDir
    private Path folder;

    private SplitDataset load(Experiment experiment) {
        return experiment.load(Optional.empty(), new PackedCache(folder), DecodeProgress.silent());
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#all")
    void every_preset_is_an_experiment_of_its_settings(Preset preset) {
        Experiment whole = Experiment.of(preset.settings());
        assertThat(whole.settings().asMap()).containsAllEntriesOf(numbers(preset.settings(), whole));
    }

    /** The preset's values as the records write them: {@code 0.00001} is {@code 1.0E-5}. */
    private static Map<String, String> numbers(Settings settings, Experiment experiment) {
        Settings words = settings.without(List.of("learner", "dataset"));
        Settings bound = experiment.records().stream()
                .map(record -> Settings.of(words.bind(record)))
                .reduce(Settings.none(), Settings::with);
        return new LinkedHashMap<>(bound.without(bound.keys().stream()
                        .filter(key -> !settings.keys().contains(key))
                        .toList())
                .asMap());
    }

    @Test
    void settings_in_force_make_the_same_experiment_again() {
        Settings settings = Experiment.of(SMALL.with(Settings.parse(List.of("way=3", "learner=anil"))))
                .settings();

        assertThat(settings.get("way")).contains("3");
        assertThat(settings.get("learner")).contains("anil");
        assertThat(settings.get("meta-batch")).contains("32");
        assertThat(Experiment.of(settings).settings()).isEqualTo(settings);
    }

    @Test
    void without_settings_it_is_maml_on_omniglot() {
        Experiment experiment = Experiment.of(Settings.none());

        assertThat(experiment.learnerName()).isEqualTo("maml");
        assertThat(experiment.datasetName()).isEqualTo("omniglot");
        assertThat(experiment.episodes()).isEqualTo(EpisodeSettings.defaults());
        assertThat(experiment.decoder().shape().height()).isEqualTo(28);
    }

    @Test
    void unknown_keys_learners_and_data_sets_are_answered_with_what_there_is() {
        refused("inner-lr=1", "there is no setting inner-lr; did you mean inner-learning-rate?");
        refused(
                "learner=mamal",
                "learner must be one of "
                        + Catalog.LEARNERS.stream().map(LearnerSpec::name).collect(Collectors.joining(", "))
                        + ", got \"mamal\"; did you mean maml?");
        refused(
                "dataset=zzz",
                "dataset must be one of omniglot, mini-imagenet, images, glyphs, got \"zzz\"; there are: omniglot,"
                        + " mini-imagenet, images, glyphs");
        refused("filters=0", "filters must be at least 1, got 0");
        assertThatThrownBy(() -> Experiment.of(Settings.parse(List.of("learner=protonet", "inner-steps=2"))))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("there is no setting inner-steps");
    }

    private static void refused(String setting, String message) {
        assertThatThrownBy(() -> Experiment.of(Settings.parse(List.of(setting))))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }

    @Test
    void a_data_set_of_files_needs_a_path() {
        assertThatThrownBy(() -> load(Experiment.of(Settings.none())))
                .isInstanceOf(FewShotException.class)
                .hasMessage("data set omniglot is read from files, but --data names none; add --data PATH");
    }

    @Test
    void training_and_test_episodes_may_have_other_shapes() {
        Experiment experiment = Experiment.of(SMALL.with(
                Settings.parse(List.of("learner=protonet", "way=5", "train-way=6", "query=1", "test-query=3"))));
        SplitDataset data = load(experiment);
        Episode training = experiment.trainingEpisodes(data.train()).episode(0);
        EpisodeList tests = experiment.testEpisodes(data.test(), 7, 3);

        assertThat(experiment.testShape()).isEqualTo(new EpisodeShape(5, 1, 3));
        assertThat(tests.shape()).isEqualTo(experiment.testShape());
        assertThat(tests.count()).isEqualTo(7);
        try (Model model = experiment.initialise(DataType.FLOAT);
                Learner learner = experiment.learner(model);
                MetaGradient gradient = learner.metaGradient(List.of(training))) {
            assertThat(gradient.loss()).isPositive();
            assertThat(learner.predict(tests.episode(0), BatchStatistics.RUNNING)
                            .last()
                            .queries())
                    .isEqualTo(15);
        }
    }

    @Test
    void training_episodes_may_have_shots_of_their_own() {
        EpisodeSettings settings = Experiment.of(SMALL.with(Settings.parse(List.of("shot=1", "train-shot=3"))))
                .episodes();

        assertThat(settings.training()).isEqualTo(new EpisodeShape(5, 3, 1));
        assertThat(settings.test()).isEqualTo(new EpisodeShape(5, 1, 1));
    }

    @Test
    void a_graph_takes_one_task_on_the_processor_and_as_many_as_fit_on_a_gpu() {
        Experiment open = Experiment.of(SMALL.with(Settings.parse(List.of("meta-batch=6", "tasks-per-graph=0"))));
        long three = bytes(open, 3);

        assertThat(tasks(open.fitted(Device.CPU, () -> 0))).isEqualTo(1);
        assertThat(tasks(open.fitted(Device.CUDA, () -> Long.MAX_VALUE))).isEqualTo(6);
        assertThat(tasks(open.fitted(Device.CUDA, () -> three))).isEqualTo(3);
        assertThat(tasks(open.fitted(Device.CUDA, () -> three - 1))).isEqualTo(2);
        assertThat(tasks(open.fitted(Device.CUDA, () -> 0))).isEqualTo(1);
        assertThat(tasks(with(open, 2).fitted(Device.CUDA, () -> Long.MAX_VALUE)))
                .isEqualTo(2);
    }

    private static int tasks(Experiment experiment) {
        return experiment.training().tasksPerGraph();
    }

    private static Experiment with(Experiment experiment, int tasks) {
        return Experiment.of(experiment.settings().with(Settings.parse(List.of("tasks-per-graph=" + tasks))));
    }

    private static long bytes(Experiment experiment, int tasks) {
        Experiment exactly = with(experiment, tasks);
        try (Model model = exactly.initialise(DataType.FLOAT);
                Learner learner = exactly.learner(model)) {
            return learner.cost().bufferBytes();
        }
    }

    @Test
    void a_plan_holds_what_the_run_follows_from() {
        Experiment experiment =
                Experiment.of(SMALL.with(Settings.parse(List.of("seed=7", "validation-episodes=9", "way=5"))));
        SplitDataset data = load(experiment);
        TrainingPlan<Episode, Learner> plan = experiment.plan(data, "1.2", "cpu");

        assertThat(plan.provenance().settings()).isEqualTo(experiment.settings().asMap());
        assertThat(plan.provenance().seed()).isEqualTo(7);
        assertThat(plan.provenance().version()).isEqualTo("1.2");
        assertThat(plan.provenance().dataFingerprint()).isEqualTo(data.train().fingerprint());
        assertThat(plan.validation().orElseThrow())
                .isInstanceOfSatisfying(
                        EpisodeValidation.class,
                        validation -> assertThat(validation.episodes().count()).isEqualTo(9));
        assertThat(experiment.trainingEpisodes(data.train()).seed()).isEqualTo(7);
    }

    @Test
    void test_episodes_may_have_unequal_numbers_of_queries() {
        MemoryDataset data = new MemoryDataset(6, 20, new ImageShape(4, 4, 1));
        Experiment experiment = Experiment.of(Settings.parse(List.of("query=5", "test-query-counts=dirichlet")));

        assertThat(experiment.testEpisodes(data, 1, 1).plan(0).classes())
                .extracting(c -> c.query().size())
                .isNotEqualTo(List.of(5, 5, 5, 5, 5))
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(25));
        assertThat(experiment.trainingEpisodes(data).plan(0).classes())
                .allSatisfy(c -> assertThat(c.query()).hasSize(5));
    }

    @Test
    void without_validation_classes_or_intervals_there_is_no_validation() {
        Experiment never = Experiment.of(SMALL.with(Settings.parse(List.of("validate-every=0"))));
        Experiment noClasses = Experiment.of(SMALL.with(Settings.parse(List.of("validation-classes=0"))));

        assertThat(never.plan(load(never), "1", "cpu").validation()).isEmpty();
        assertThat(noClasses.plan(load(noClasses), "1", "cpu").validation()).isEmpty();
    }
}
