package io.fewshot4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program searching; in the first trial of the second rung it says so and hangs. */
final class PausedSweep {
    private PausedSweep() {}

    /** The search in a folder's {@code search.yaml}. */
    static List<String> line(Path folder, Path out) {
        return List.of("sweep", folder.resolve("search.yaml").toString(), "--out", out.toString());
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Stream<String> line =
                Stream.concat(line(folder, folder.resolve("killed")).stream(), CommandLines.tiny(12).stream());
        System.exit(Main.run(line.toList(), System.out, new PausedTraining.Pausing("validation at 6")));
    }
}
