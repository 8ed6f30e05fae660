package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.MemoryDataset;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Every learner over every network on images that are too small, or not square: it learns from them or says what they
 * must be.
 */
final class ImageSizesTest {
    private static final List<ImageShape> SIZES = List.of(
            new ImageShape(1, 2, 1),
            new ImageShape(2, 2, 1),
            new ImageShape(5, 5, 1),
            new ImageShape(10, 10, 1),
            new ImageShape(5, 20, 1),
            new ImageShape(16, 17, 3));
    private static final Map<String, List<String>> NETWORKS = Map.of(
            "conv4", List.of("filters=2 pooling=max-pool", "filters=2 pooling=stride"),
            "mlp", List.of("hidden=3"),
            "resnet12", List.of("widths=2,2,2,2"),
            "koch", List.of("koch-features=3"));
    private static final List<String> SMALL = List.of(
            "way=2",
            "shot=1",
            "query=1",
            "inner-steps=1",
            "test-inner-steps=1",
            "inner-batch=2",
            "lstm-hidden=3",
            "controller=4",
            "memory-slots=4",
            "memory-width=3",
            "memory-heads=1",
            "meta-hidden=4");

    static Stream<String> all() {
        return Catalog.classifiers().stream()
                .filter(learner -> !learner.name().equals("pixels")) // learns nothing
                .flatMap(ImageSizesTest::kinds);
    }

    private static Stream<String> kinds(LearnerSpec<?> learner) {
        if (learner.network().isEmpty()) {
            return Stream.of(learner.name());
        }
        return NETWORKS.entrySet().stream()
                .flatMap(network -> network.getValue().stream()
                        .map(settings -> learner.name() + " network=" + network.getKey() + " " + settings));
    }

    @ParameterizedTest
    @MethodSource("all")
    void images_of_any_size_are_learned_from_or_refused(String words) {
        for (ImageShape size : SIZES) {
            Throwable fault = catchThrowable(() -> learn(words, size));

            if (fault != null) {
                assertThat(fault)
                        .as(words + " on " + size)
                        .isInstanceOf(FewShotException.class)
                        .hasMessageContaining(" must be ")
                        .hasMessageContaining(", got ")
                        .hasMessageContaining("; ");
            }
        }
    }

    private static void learn(String words, ImageShape size) {
        List<String> all = new ArrayList<>(List.of(("learner=" + words).split(" ")));
        all.addAll(List.of(
                "dataset=images",
                "image-height=" + size.height(),
                "image-width=" + size.width(),
                "image-channels=" + size.channels()));
        Settings settings = Settings.parse(all);
        List<String> known = Experiment.of(settings).settings().keys().stream().toList();
        Settings small = Settings.parse(SMALL.stream()
                .filter(one -> known.contains(one.substring(0, one.indexOf('='))))
                .toList());
        MemoryDataset data = new MemoryDataset(4, 4, size);
        Experiment experiment = Experiment.of(small.with(settings)).trainedOn(data);
        EpisodeSampler episodes = new EpisodeSampler(data, new EpisodeShape(2, 1, 1), EpisodeRotation.NONE, 1);
        try (Model model = experiment.initialise(DataType.FLOAT);
                Learner learner = experiment.learner(model)) {
            learner.metaGradient(List.of(episodes.episode(0))).close();
        }
    }
}
