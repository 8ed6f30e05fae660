package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run folder that says it is a demo's, so that the next demo may replace it; a run of {@code train} is never
 * replaced.
 */
final class DemoFolder {
    private static final String MARKER = "demo.txt";
    private static final List<String> REPLACED = List.of("checkpoints", "history.csv", "report");

    private DemoFolder() {}

    /**
     * A folder for a new demo: absent, empty, or an earlier demo's, which goes.
     *
     * @throws FewShotException if it holds anything else
     */
    static RunFolder prepare(Path path) {
        try {
            if (Files.exists(path.resolve(MARKER))) {
                clear(RunFolder.open(path));
            }
            RunFolder run = RunFolder.create(path);
            Files.writeString(path.resolve(MARKER), "The next demo in this folder replaces this one.\n");
            return run;
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot prepare the demo folder " + path + " (" + e + "); name another with --out", e);
        }
    }

    private static void clear(RunFolder run) throws IOException {
        try (HeldRun held = run.hold()) {
            for (String name : REPLACED) {
                delete(held.folder().path().resolve(name));
            }
        }
    }

    private static void delete(Path path) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : deepestFirst) {
            Files.delete(one);
        }
    }
}
