package io.fewshot4j.examples;

import io.fewshot4j.Data;
import io.fewshot4j.Run;
import io.fewshot4j.Training;
import java.nio.file.Path;

/** Trains {@link ManhattanNet} on drawn characters and tests it. */
public final class OwnLearner {
    private OwnLearner() {}

    /**
     * Runs the example.
     *
     * @param args the run's folder
     */
    public static void main(String... args) {
        Training training = Training.of("protonet")
                .learner(new ManhattanNet())
                .with("sharpness", 20)
                .with("filters", 8)
                .with("query", 5)
                .with("meta-batch", 2)
                .with("meta-learning-rate", 0.01)
                .with("iterations", 60)
                .with("validate-every", 0);
        try (Run run = training.run(Data.glyphs(), Path.of(args[0]))) {
            run.evaluate(Data.glyphs(), 50)
                    .modes()
                    .forEach(mode -> System.out.printf(
                            "%s: %.1f %%%n",
                            mode.statistics(), 100 * mode.accuracy().mean()));
        }
    }
}
