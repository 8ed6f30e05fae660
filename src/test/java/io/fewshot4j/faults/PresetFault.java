package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A preset's file, damaged or hostile. */
final class PresetFault implements Fault {
    private static final List<String> LINES = List.of(
            "x: &x [*x, *x]",
            "way: *8",
            "way: [[[[[1]]]]]",
            "way: {a: b}",
            "way: 9223372036854775808",
            "filters: 2147483647",
            "inner-learning-rate: .inf",
            "inner-learning-rate: 1e999",
            "learner: null",
            "learner: !!javax.script.ScriptEngineManager []",
            "way: 5",
            "images-per-class: 2147483647",
            "? [a]",
            "---",
            "\t- x",
            "\u0000",
            "seed: 0x7f",
            "head: yes",
            "\"\": 1");

    private final Program program;

    PresetFault(Program program) {
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Path preset = folder.resolve("mine.yaml");
        String text = program.run(List.of("presets", "demo")).out();
        Files.writeString(preset, text);
        String done;
        int form = random.nextInt(5);
        if (form == 0) {
            String line = Draw.one(random, LINES);
            Files.writeString(preset, text + line + "\n");
            done = "the line " + line.replaceAll("\\p{Cntrl}", "?");
        } else if (form == 1) {
            String nested = Draw.one(random, "[", "{a: ", "- ");
            Files.writeString(preset, "way: " + nested.repeat(50_000));
            done = "50,000 times " + nested;
        } else {
            done = Mutation.any(random) == Mutation.CELL
                    ? Mutation.CELL.apply(preset, List.of(), random)
                    : Draw.one(random, Mutation.FLIP, Mutation.TRUNCATE, Mutation.ZERO, Mutation.APPEND, Mutation.EMPTY)
                            .apply(preset, List.of(), random);
        }
        Ran ran = program.run(List.of(
                "train",
                "--preset",
                preset,
                "--out",
                folder.resolve("run"),
                "--set",
                "iterations=1",
                "meta-batch=1",
                "filters=4",
                "train-classes=6",
                "validation-classes=5",
                "test-classes=5",
                "image-size=16"));
        return new Judge("", List.of(), List.of(), true).judge("preset, " + done + "; train", ran, ran.out());
    }
}
