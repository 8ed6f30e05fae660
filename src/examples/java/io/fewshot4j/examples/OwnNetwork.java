package io.fewshot4j.examples;

import io.fewshot4j.Data;
import io.fewshot4j.Run;
import io.fewshot4j.Training;
import io.fewshot4j.catalog.Extensions;
import java.nio.file.Path;

/** Trains {@link SkipNetwork} by MAML and by prototypical networks, on drawn characters, and tests both. */
public final class OwnNetwork {
    private OwnNetwork() {}

    /**
     * Runs the example.
     *
     * @param args a folder for the two runs
     */
    public static void main(String... args) {
        SkipNetwork.Settings network = new SkipNetwork.Settings(64);
        for (String learner : new String[] {"maml", "protonet"}) {
            Path folder = Path.of(args[0], learner);
            Training training = Training.of(learner)
                    .network("skip", network)
                    .with("meta-learning-rate", 0.003)
                    .with("query", 5)
                    .with("meta-batch", 4)
                    .with("iterations", 200)
                    .with("validate-every", 0);
            if (learner.equals("maml")) { // without batch normalisation smaller steps
                training = training.with("inner-learning-rate", 0.1).with("head-init", "glorot");
            }
            try (Run trained = training.run(Data.glyphs(), folder)) {
                System.out.println(learner + ": iteration " + trained.iteration());
            }
            try (Run run = Run.open(folder, Extensions.NONE.with("skip", network))) {
                run.evaluate(Data.glyphs(), 100)
                        .modes()
                        .forEach(mode -> System.out.printf(
                                "%s, %s: %.1f %%%n",
                                learner,
                                mode.statistics(),
                                100 * mode.accuracy().mean()));
            }
        }
    }
}
