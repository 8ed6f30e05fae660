package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.backend.Device;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.Evaluator;
import io.fewshot4j.training.RegressionEvaluator;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Every preset with its own network, images and tasks. What is large takes other ways through the program than the
 * small networks of the other tests: parts of a call on several threads, products and convolutions by other kernels.
 */
@Tag("slow")
final class PresetsAtTheirOwnSizeTest {
    private static final int EPISODES = 2;
    private static final long SEED = 2_000_001;

    @TempDir
    private Path folder;

    /** Off-heap memory of one preset is given back before the next needs its own. */
    @AfterEach
    void collect() {
        System.gc();
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#names")
    void it_trains_and_is_tested_alike_on_one_thread_and_on_two(String name) {
        List<Double> one = onImages(experiment(name, 1));

        assertThat(onImages(experiment(name, 2))).isEqualTo(one);
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#sinusoids")
    void it_learns_functions_alike_on_one_thread_and_on_two(String name) {
        List<Double> one = onFunctions(experiment(name, 1));

        assertThat(onFunctions(experiment(name, 2))).isEqualTo(one);
    }

    /** One training iteration, where the learner has any to make. */
    private static Experiment experiment(String name, int threads) {
        Experiment preset = Experiment.of(Presets.load(name).settings());
        long iterations = Math.min(1, preset.training().iterations());
        return preset.with(Settings.of(Map.of(
                        "iterations", Long.toString(iterations),
                        "validate-every", "0",
                        "threads", Integer.toString(threads))))
                .fitted(Device.CPU, () -> 0);
    }

    /** Accuracies of each test episode, after a training iteration. */
    private List<Double> onImages(Experiment preset) {
        SplitDataset data = DrawnForm.of(preset.datasetName(), preset.decoder().shape());
        Experiment experiment = preset.trainedOn(data.train());
        EpisodeList episodes = experiment.testEpisodes(data.test(), EPISODES, SEED);
        try (Model model = trained(experiment, experiment.plan(data, "1", "cpu"));
                Workers<Learner> workers = workers(experiment, model)) {
            return new Evaluator(workers)
                            .evaluate(Split.TEST, episodes, workers.ask(Learner::supportedStatistics), done -> {})
                            .modes()
                            .stream()
                            .flatMap(mode -> mode.accuracyByEpisode().stream())
                            .toList();
        }
    }

    /** Mean error by inner step on the test functions, after a training iteration. */
    private List<Double> onFunctions(Experiment experiment) {
        var functions = experiment.functions(experiment.episodes().shot(), SEED);
        try (Model model = trained(experiment, experiment.plan("1", "cpu"));
                Workers<Learner> workers = workers(experiment, model)) {
            return new RegressionEvaluator(workers)
                    .errors(index -> experiment.episode(functions.task(index)), EPISODES).stream()
                            .map(error -> error.mean())
                            .toList();
        }
    }

    private Model trained(Experiment experiment, TrainingPlan<Episode, Learner> plan) {
        Model model = experiment.initialise(DataType.FLOAT);
        RunFolder run = RunFolder.create(
                folder.resolve(Integer.toString(experiment.training().threads())));
        long iterations;
        try (HeldRun held = run.holdNew()) {
            iterations = new Trainer<>(plan, event -> {}, new StopSignal())
                    .train(model, held)
                    .iteration();
        }
        assertThat(iterations).isEqualTo(experiment.training().iterations());
        return model;
    }

    private static Workers<Learner> workers(Experiment experiment, Model model) {
        return new Workers<>(experiment::learner, model, experiment.training().threads());
    }
}
