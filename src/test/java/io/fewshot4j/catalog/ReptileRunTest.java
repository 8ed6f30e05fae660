package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.RawValues;
import io.fewshot4j.tensor.Transfer;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Reptile in the training loop that all learners share, with the preset's optimiser. */
final class ReptileRunTest {
    private static final long ITERATIONS = 6;

    @TempDir
    private Path folder;

    private static Experiment experiment(int metaBatch, int threads) {
        return Experiment.of(Presets.load("reptile/omniglot-5way-1shot")
                .settings()
                .without(List.of("class-split", "resize", "ink", "rotated-classes"))
                .with(Settings.parse(List.of(
                        "dataset=glyphs",
                        "train-classes=8",
                        "test-classes=5",
                        "images-per-class=12",
                        "image-size=9",
                        "filters=2",
                        "iterations=" + ITERATIONS,
                        "meta-batch=" + metaBatch,
                        "threads=" + threads))));
    }

    private SplitDataset data(Experiment experiment) {
        return experiment.load(Optional.empty(), new PackedCache(folder), DecodeProgress.silent());
    }

    /**
     * The model's values after training that is stopped, and resumed from its checkpoint, after each of some
     * iterations.
     */
    private List<byte[]> trained(int threads, long... stops) {
        Experiment experiment = experiment(2, threads);
        TrainingPlan<Episode, Learner> plan = experiment.plan(data(experiment), "1", "cpu");
        RunFolder run = RunFolder.create(folder.resolve("run-" + threads + "-" + stops.length));
        for (int part = 0; part <= stops.length; part++) {
            long until = part < stops.length ? stops[part] : ITERATIONS;
            StopSignal stop = new StopSignal();
            try (Model model = experiment.initialise(DataType.FLOAT);
                    HeldRun held = run.hold()) {
                TrainingEvent.Stopped stopped = new Trainer<>(
                                plan,
                                event -> {
                                    if (event.iteration() == until) {
                                        stop.request();
                                    }
                                },
                                stop)
                        .train(model, held);
                assertThat(stopped.iteration()).isEqualTo(until);
                if (part == stops.length) {
                    return List.of(
                            RawValues.bytes(model.parameters().flat()),
                            RawValues.bytes(model.statistics().flat()));
                }
            }
        }
        throw new AssertionError("the last part returns");
    }

    @Test
    void a_resumed_run_has_the_bits_of_an_uninterrupted_one_on_any_number_of_threads() {
        List<byte[]> whole = trained(1);

        assertThat(trained(2, 1, 4)).usingRecursiveComparison().isEqualTo(whole);
    }

    /**
     * Serial Reptile: weights + rate x (adapted - weights), the rate falling from 1 by a straight line; each task
     * begins with the last one's second moment.
     */
    @Test
    void the_outer_step_is_exact_and_hands_the_second_moment_on() {
        Experiment experiment = experiment(1, 1);
        SplitDataset data = data(experiment);
        TrainingPlan<Episode, Learner> plan = experiment.plan(data, "1", "cpu");
        try (Model trained = experiment.initialise(DataType.FLOAT);
                HeldRun run = RunFolder.create(folder.resolve("serial")).holdNew();
                Model model = experiment.initialise(DataType.FLOAT);
                Learner learner = experiment.learner(model)) {
            new Trainer<>(plan, event -> {}, new StopSignal()).train(trained, run);
            for (int i = 0; i < ITERATIONS; i++) {
                try (MetaGradient task = learner.metaGradient(
                        List.of(experiment.trainingEpisodes(data.train()).episode(i)))) {
                    step(model.parameters(), task.gradient(), 1 - (double) i / ITERATIONS);
                    model.statistics().assign(task.statistics());
                }
            }

            assertThat(RawValues.bytes(trained.parameters().flat()))
                    .isEqualTo(RawValues.bytes(model.parameters().flat()));
            assertThat(RawValues.bytes(trained.statistics().flat()))
                    .isEqualTo(RawValues.bytes(model.statistics().flat()));
            assertThat(Transfer.read(model.statistics().get("second-moment-share"))[0])
                    .isBetween(0.0295, 0.0297); // 1 - 0.999^30
        }
    }

    private static void step(Parameters weights, Parameters difference, double rate) {
        double[] before = Transfer.read(weights.flat());
        double[] by = Transfer.read(difference.flat());
        double[] after = IntStream.range(0, before.length)
                .mapToDouble(i -> (float) before[i] - (float) by[i] * (float) rate)
                .toArray();
        Transfer.write(after, weights.flat());
    }
}
