package io.fewshot4j.training;

import io.fewshot4j.checkpoint.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that trains for 27 of 40 iterations, says so, and then hangs. */
final class InterruptedTraining {
    private InterruptedTraining() {}

    public static void main(String[] arguments) {
        Runs.train(
                Runs.plan(40, 2), RunFolder.create(Path.of(arguments[0])), InterruptedTraining::hang, new StopSignal());
    }

    private static void hang(TrainingEvent event) {
        if (event.iteration() == 27) {
            System.out.println("iteration 27");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
