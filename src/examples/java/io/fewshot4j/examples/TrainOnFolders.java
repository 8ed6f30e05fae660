package io.fewshot4j.examples;

import io.fewshot4j.Classifier;
import io.fewshot4j.Data;
import io.fewshot4j.Prediction;
import io.fewshot4j.Run;
import io.fewshot4j.Training;
import java.nio.file.Path;

/**
 * Trains prototypical networks on a folder of images, one folder for each class, then classifies a new image by a few
 * examples of classes that were not trained on.
 */
public final class TrainOnFolders {
    private TrainOnFolders() {}

    /**
     * Runs the example.
     *
     * @param args training images, the run's folder, examples of each new class, an image
     */
    public static void main(String... args) {
        Training training = Training.preset("protonet/omniglot-5way-1shot")
                .with("train-way", 5)
                .with("filters", 16)
                .with("iterations", 50)
                .with("validate-every", 25)
                .with("validation-episodes", 20);
        Data images = Data.images(Path.of(args[0]))
                .with("image-height", 28)
                .with("image-width", 28)
                .with("image-channels", 1);
        try (Run run = training.run(images, Path.of(args[1]));
                Classifier classifier = run.classifier(Path.of(args[2]))) {
            Prediction answer = classifier.classify(Path.of(args[3]));
            System.out.printf("%s: %s, %.0f %%%n", answer.image(), answer.label(), 100 * answer.probability());
        }
    }
}
