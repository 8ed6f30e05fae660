package io.fewshot4j.examples;

import io.fewshot4j.Data;
import io.fewshot4j.Run;
import io.fewshot4j.Training;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;

/** Trains MAML on sine waves: the same algorithm as for images, on another network with another objective. */
public final class Sinusoids {
    private Sinusoids() {}

    /**
     * Runs the example.
     *
     * @param args the run's folder
     */
    public static void main(String... args) {
        Training training = Training.preset("sinusoid/maml-10shot")
                .with("iterations", 2000)
                .listener(event -> {
                    if (event instanceof TrainingEvent.Updated updated && updated.iteration() % 500 == 0) {
                        System.out.printf(
                                "iteration %d: mean squared error %.3f%n", updated.iteration(), updated.loss());
                    }
                });
        try (Run run = training.run(Data.sinusoids(), Path.of(args[0]))) {
            System.out.println("trained for " + run.iteration() + " iterations");
        }
    }
}
