package io.fewshot4j.learner.gradient;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import java.util.List;

/** Small tasks and networks of two filters. */
final class Tasks {
    static final EpisodeShape EPISODE = new EpisodeShape(5, 1, 2);

    private Tasks() {}

    /** Tasks for MAML's network with settings in their place, such as {@code filters=3}. */
    static TaskShape shape(int imageSize, String... changes) {
        return shape(new Maml(), imageSize, changes);
    }

    /** Tasks for a learner's own network with settings in their place. */
    static TaskShape shape(LearnerSpec<?> spec, int imageSize, String... changes) {
        return Shapes.of(spec, imageSize, EPISODE, changes);
    }

    /** The paper's settings with others in their place, such as {@code inner-steps=3}. */
    static GradientSettings settings(String... changes) {
        return Settings.parse(List.of(changes)).bind(GradientSettings.omniglot());
    }

    static Episode episode(int imageSize, long index) {
        ImageDataset data =
                Glyphs.draw(new GlyphsSettings(8, 0, 2, 3, imageSize, 1, 1)).train();
        return new EpisodeSampler(data, EPISODE, EpisodeRotation.NONE, 1).episode(index);
    }
}
