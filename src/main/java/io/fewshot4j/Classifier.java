package io.fewshot4j;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.data.folder.UnlabelledImages;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Scores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A trained model that has adapted to a few examples of each class and answers to any number of images. Answers are
 * inductive: an image's answer does not depend on the others it is asked with. One thread at a time may ask it.
 *
 * <pre>{@code
 * try (Run run = Run.open(Path.of("runs/mine"));
 *         Classifier classifier = run.classifier(Path.of("few-examples"))) {
 *     Prediction answer = classifier.classify(Path.of("new.png"));
 *     System.out.println(answer.label() + " " + answer.probability());
 * }
 * }</pre>
 */
public final class Classifier implements AutoCloseable {
    private final List<String> classes;
    private final ImageDecoder decoder;
    private final Normalisation normalisation;
    private final BatchStatistics statistics;
    private final Learner learner;
    private final Adapted adapted;

    /** Takes ownership of the learner. */
    Classifier(OwnExamples examples, BatchStatistics statistics, Learner learner) {
        this.classes = examples.classNames();
        this.decoder = examples.decoder();
        this.normalisation = examples.normalisation();
        this.statistics = statistics;
        this.learner = learner;
        this.adapted = learner.adapt(examples.support());
    }

    /** Class names, in the order of the probabilities. */
    public List<String> classes() {
        return classes;
    }

    /**
     * The answer to one image file.
     *
     * @throws FewShotException if there is no such image, or it is damaged
     */
    public Prediction classify(Path image) {
        List<Prediction> answers = classifyAll(image);
        if (answers.size() != 1) {
            throw new FewShotException(
                    image + " must be one image, got " + answers.size() + " in it; use classifyAll for a folder");
        }
        return answers.get(0);
    }

    /**
     * The answers to all images in a folder and below, sorted by name.
     *
     * @throws FewShotException if there is no image, or one is damaged
     */
    public List<Prediction> classifyAll(Path folder) {
        UnlabelledImages images = UnlabelledImages.read(folder, decoder, DecodeProgress.silent());
        byte[] bytes = new byte[images.count() * images.shape().size()];
        for (int i = 0; i < images.count(); i++) {
            images.read(i, bytes, i * images.shape().size());
        }
        float[] pixels = new float[bytes.length];
        normalisation.copy(images.shape(), bytes, pixels, 0);
        Scores scores = adapted.score(
                new LabelledImages(images.shape(), normalisation, pixels, new int[images.count()]), statistics);
        return IntStream.range(0, images.count())
                .mapToObj(i -> prediction(images.name(i), scores, i))
                .toList();
    }

    private Prediction prediction(String image, Scores scores, int query) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int label = 0; label < classes.size(); label++) {
            probabilities.put(classes.get(label), scores.probability(query, label));
        }
        int best = scores.predicted(query);
        return new Prediction(image, classes.get(best), scores.probability(query, best), probabilities);
    }

    /** Frees memory outside the heap; the run stays open. */
    @Override
    public void close() {
        adapted.close();
        learner.close();
    }
}
