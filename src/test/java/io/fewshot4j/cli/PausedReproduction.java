package io.fewshot4j.cli;

import java.util.stream.Stream;

/** The program reproducing the demo; in the fourth iteration it says so and hangs. */
final class PausedReproduction {
    private PausedReproduction() {}

    public static void main(String[] arguments) {
        run(arguments, "validation at 4");
    }

    /** A reproduction that hangs in the test after training. */
    static final class InTest {
        private InTest() {}

        public static void main(String[] arguments) {
            run(arguments, "evaluating");
        }
    }

    private static void run(String[] arguments, String pause) {
        Stream<String> line =
                Stream.concat(Stream.of("reproduce", "demo", "--out", arguments[0]), CommandLines.tiny(6).stream());
        System.exit(Main.run(line.toList(), System.out, new PausedTraining.Pausing(pause)));
    }
}
