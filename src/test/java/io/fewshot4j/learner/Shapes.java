package io.fewshot4j.learner;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.Optional;

/** Tasks for a learner over its own kind of network, as the catalog would bind it. */
public final class Shapes {
    private Shapes() {}

    /** Tasks of square grey images; {@code changes} are settings of the network such as {@code filters=2}. */
    public static TaskShape of(LearnerSpec<?> spec, int imageSize, EpisodeShape episode, String... changes) {
        return of(spec, new ImageShape(imageSize, imageSize, 1), episode, changes);
    }

    /** Tasks of images of a shape. */
    public static TaskShape of(LearnerSpec<?> spec, ImageShape image, EpisodeShape episode, String... changes) {
        Settings settings = Settings.parse(List.of(changes));
        Optional<Network> network =
                spec.network().map(defaults -> bound(settings, defaults).network(image));
        return new TaskShape(image, network, new Objective.CrossEntropy(), episode, 1, List.of());
    }

    private static NetworkSettings bound(Settings settings, NetworkSettings defaults) {
        return (NetworkSettings) settings.bind((Record) defaults);
    }
}
