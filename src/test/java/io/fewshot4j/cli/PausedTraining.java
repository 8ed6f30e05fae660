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
        System.exit(Main.run(line.toList(), System.out, new Pausing("validation at 4")));
    }

    static final class Pausing extends PrintStream {
        private final CountDownLatch stopping = new CountDownLatch(1);
        private final String pause;

        /** @param pause what the line begins with at which it hangs */
        Pausing(String pause) {
            super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            this.pause = pause;
        }

        @Override
        public void println(String line) {
            if (line.startsWith("stopping")) {
                stopping.countDown();
            } else if (line.startsWith(pause)) {
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
