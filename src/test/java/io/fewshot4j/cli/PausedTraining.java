package io.fewshot4j.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The program training for 6 iterations; in the fourth it says so and hangs until it is asked to end. */
final class PausedTraining {
    private PausedTraining() {}

    public static void main(String[] arguments) {
        Stream<String> line = Stream.concat(
                Stream.of("train", "--preset", "demo", "--out", arguments[0]), CommandLines.tiny(6).stream());
        System.exit(Main.run(line.toList(), System.out, new Pausing()));
    }

    static final class Pausing extends PrintStream {
        private final CountDownLatch stopping = new CountDownLatch(1);

        Pausing() {
            super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String line) {
            if (line.startsWith("stopping")) {
                stopping.countDown();
            } else if (line.startsWith("validation at 4")) {
                System.out.println("paused");
                await();
            }
        }

        private void await() {
            try {
                stopping.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
