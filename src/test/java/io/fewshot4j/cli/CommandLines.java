package io.fewshot4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Command lines run in this process. */
public final class CommandLines {
    private CommandLines() {}

    /** Outcome of a command line. */
    public record Outcome(int exit, String out, String err) {
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    public static Outcome run(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                Stream.of(words)
                        .flatMap(word -> word instanceof List<?> list ? list.stream() : Stream.of(word))
                        .map(Object::toString)
                        .toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** {@code --set} for a MAML so small that it trains in no time. */
    public static List<String> tiny(int iterations) {
        return List.of(
                "--set",
                "iterations=" + iterations,
                "train-classes=6",
                "validation-classes=5",
                "test-classes=5",
                "images-per-class=4",
                "image-size=16",
                "filters=4",
                "query=1",
                "test-query=1",
                "inner-steps=1",
                "test-inner-steps=2",
                "meta-batch=2",
                "validate-every=2",
                "validation-episodes=2",
                "checkpoint-every=2",
                "threads=1");
    }

    static Outcome train(Path run, int iterations) {
        return run("train", "--preset", "demo", "--out", run, tiny(iterations));
    }
}
