package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class PixelsTest {
    private static final ImageShape IMAGE = new ImageShape(1, 2, 1);
    private static final TaskShape SHAPE = Shapes.of(new Pixels(), IMAGE, new EpisodeShape(2, 1, 1));
    private static final Episode EPISODE = new Episode(
            List.of("light", "dark"),
            new LabelledImages(IMAGE, new float[] {1, 0, 0, 1}, new int[] {0, 1}),
            new LabelledImages(IMAGE, new float[] {0.2f, 0.3f, 0.9f, 0.1f}, new int[] {1, 0}));

    private static Learner learner(Model model) {
        return new Pixels().create(new Pixels().defaults(), SHAPE, model);
    }

    private static Model model() {
        return new Pixels().initialise(new Pixels().defaults(), SHAPE, 1, DataType.FLOAT);
    }

    @Test
    void a_query_is_of_the_class_of_the_nearest_image() {
        try (Model model = model();
                Learner pixels = learner(model)) {
            var scores = pixels.predict(EPISODE, BatchStatistics.SUPPORT_AND_ONE_QUERY)
                    .last();

            assertThat(scores.predicted(0)).isEqualTo(1);
            assertThat(scores.predicted(1)).isZero();
            assertThat(pixels.cost()).isEqualTo(new Cost(0, 0));
        }
    }

    @Test
    void there_is_nothing_to_train() {
        try (Model model = model();
                Learner pixels = learner(model)) {
            assertThat(model.parameters().names()).isEmpty();
            assertThatThrownBy(() -> pixels.metaGradient(List.of(EPISODE)))
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("iterations must be 0 for pixels, which has nothing to train");
        }
    }
}
