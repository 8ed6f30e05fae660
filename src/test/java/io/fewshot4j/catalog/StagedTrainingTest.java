package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Training whose loss and order of gradients change with the iteration. */
final class StagedTrainingTest {
    private static final List<String> SMALL = List.of(
            "learner=mamlpp",
            "dataset=glyphs",
            "image-size=12",
            "train-classes=8",
            "validation-classes=0",
            "test-classes=3",
            "images-per-class=4",
            "way=3",
            "filters=2",
            "pooling=stride",
            "inner-steps=2",
            "test-inner-steps=2",
            "first-order-iterations=2",
            "multi-step-loss-iterations=4",
            "meta-batch=3");

    private static byte[] train(Path folder, int iterations, int threads) {
        Experiment experiment = Experiment.of(
                Settings.parse(SMALL).with(Settings.parse(List.of("iterations=" + iterations, "threads=" + threads))));
        SplitDataset data = experiment.load(Optional.empty(), new PackedCache(folder), DecodeProgress.silent());
        RunFolder run = Files.exists(folder.resolve("run.txt")) ? RunFolder.open(folder) : RunFolder.create(folder);
        try (Model model = experiment.initialise(DataType.FLOAT);
                HeldRun held = run.hold()) {
            new Trainer<>(experiment.plan(data, "1", "cpu"), event -> {}, new StopSignal()).train(model, held);
        }
        try {
            return Files.readAllBytes(run.checkpoints().folder(iterations).resolve("parameters.npz"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void it_has_the_same_bits_on_any_number_of_threads_and_resumed_within_a_stage(@TempDir Path folder) {
        byte[] expected = train(folder.resolve("one"), 5, 1);

        assertThat(train(folder.resolve("two"), 5, 2)).isEqualTo(expected);
        Path resumed = folder.resolve("resumed");
        assertThat(train(resumed, 3, 2)).isNotEqualTo(expected);
        assertThat(train(resumed, 5, 1)).isEqualTo(expected);
    }
}
