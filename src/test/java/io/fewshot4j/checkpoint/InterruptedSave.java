package io.fewshot4j.checkpoint;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that saves the checkpoint of iteration 1, and never comes to the end of iteration 2's. */
final class InterruptedSave {
    private InterruptedSave() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        new CheckpointStore(folder, file -> {}).save(Checkpoints.of(1));
        CountDownLatch never = new CountDownLatch(1);
        new CheckpointStore(folder, file -> {
                    System.out.println("writing");
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .save(Checkpoints.of(2));
    }
}
