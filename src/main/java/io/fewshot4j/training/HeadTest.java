package io.fewshot4j.training;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.FeatureEpisodes;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.episode.PlannedImages;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.head.Centre;
import io.fewshot4j.learner.head.Head;
import io.fewshot4j.learner.head.HeadLearner;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Tests heads on the embedding of a trained learner. An image is embedded once, however many episodes and heads ask
 * for it.
 *
 * @param trained workers whose learners embed, the caller's
 */
public record HeadTest(Workers<Learner> trained, Normalisation normalisation, JobWatch watch) {
    /** Most images of training classes that a centre is the mean of. */
    static final int CENTRE_IMAGES = 1000;

    private static final int BATCH = 64;

    /**
     * The list's episodes with features in the place of pixels.
     *
     * @throws io.fewshot4j.FewShotException if the learner has no embedding
     */
    public EpisodeList embedded(EpisodeList episodes, ImageDataset data) {
        PlannedImages images = PlannedImages.of(episodes, data, normalisation);
        return FeatureEpisodes.of(episodes, images, features(images));
    }

    /**
     * Mean of the features of training classes: of 1000 images, equally many of each class, or all if there are
     * fewer.
     */
    public Centre centre(ImageDataset training) {
        return Centre.of(features(PlannedImages.sample(training, normalisation, CENTRE_IMAGES)));
    }

    private LabelledImages features(PlannedImages images) {
        trained.ask(HeadLearner::embedding);
        List<Integer> starts = IntStream.iterate(0, from -> from < images.count(), from -> from + BATCH)
                .boxed()
                .toList();
        List<LabelledImages> parts = new ArrayList<>();
        try (JobWatch.Job job = watch.begin("embedding", "images", images.count())) {
            trained.inOrder(
                    starts,
                    (learner, from) -> HeadLearner.embedding(learner)
                            .of(images.read(from, Math.min(images.count(), from + BATCH))),
                    part -> {
                        parts.add(part);
                        job.advance(part.count());
                    });
        }
        return LabelledImages.joined(parts);
    }

    /** Accuracy of a head on {@link #embedded} episodes, under its name. */
    public EvaluationResult evaluate(Split split, EpisodeList embedded, String name, Head head) {
        ParameterLayout nothing = ParameterLayout.none();
        try (Model none = new Model(
                        Parameters.zeros(nothing, DataType.FLOAT), Parameters.zeros(nothing, DataType.FLOAT));
                Workers<Learner> heads =
                        new Workers<>(model -> HeadLearner.onFeatures(head, model), none, trained.count());
                JobWatch.Job job = watch.begin("evaluating " + name, "episodes", embedded.count())) {
            return new Evaluator(heads)
                    .evaluate(split, embedded, heads.ask(Learner::supportedStatistics), done -> job.advance(1))
                    .by(name);
        }
    }
}
