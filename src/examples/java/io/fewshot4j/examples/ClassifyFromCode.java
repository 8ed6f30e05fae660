package io.fewshot4j.examples;

import io.fewshot4j.Classifier;
import io.fewshot4j.Prediction;
import io.fewshot4j.Run;
import java.nio.file.Path;

/** Opens a trained run and classifies a folder of images by a few examples of each class. */
public final class ClassifyFromCode {
    private ClassifyFromCode() {}

    /**
     * Runs the example.
     *
     * @param args the run's folder, examples of each class, images
     */
    public static void main(String... args) {
        try (Run run = Run.open(Path.of(args[0]));
                Classifier classifier = run.classifier(Path.of(args[1]))) {
            for (Prediction answer : classifier.classifyAll(Path.of(args[2]))) {
                System.out.println(answer.image() + ": " + answer.probabilities());
            }
        }
    }
}
