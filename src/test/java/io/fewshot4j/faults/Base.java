package io.fewshot4j.faults;

import io.fewshot4j.cli.CommandLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are whole: images, runs trained on them, a table of results; tries are made on copies. */
record Base(Path folder) {
    /** Kinds of runs: their presets and what they are trained with. */
    enum Kind {
        MAML("maml/omniglot-5way-1shot", "filters=4 inner-steps=1 test-inner-steps=2"),
        PROTONET("protonet/omniglot-5way-1shot", "filters=4 train-way=5");

        private final String preset;
        private final String settings;

        Kind(String preset, String settings) {
            this.preset = preset;
            this.settings = settings;
        }
    }

    private static final int SIZE = 16;
    private static final List<String> SETTINGS = List.of(
            "dataset=images",
            "image-height=16",
            "image-width=16",
            "image-channels=1",
            "query=1",
            "test-query=1",
            "meta-batch=2",
            "validate-every=2",
            "validation-episodes=2",
            "checkpoint-every=2",
            "threads=1");

    Path images() {
        return folder.resolve("images");
    }

    Path cache() {
        return folder.resolve("cache");
    }

    Path run(Kind kind) {
        return folder.resolve("run-" + kind.name().toLowerCase(java.util.Locale.ROOT));
    }

    Path support() {
        return folder.resolve("support");
    }

    Path queries() {
        return folder.resolve("queries");
    }

    /** Images enough for decoding to take a while. */
    Path many() {
        return folder.resolve("many");
    }

    Path table() {
        return folder.resolve("table");
    }

    /** Makes all but {@link #many}. */
    void prepare(Program program) throws IOException {
        for (int number = 0; number < 16; number++) {
            String split = number < 6 ? "train" : number < 11 ? "val" : "test";
            Pictures.write(images().resolve(split).resolve("class" + number), number, 0, 3, SIZE);
        }
        for (int number = 0; number < 5; number++) {
            Pictures.write(support().resolve("own" + number), 20 + number, 0, 1, SIZE);
            Pictures.write(queries(), 20 + number, 10 + number, 11 + number, SIZE);
        }
        for (Kind kind : Kind.values()) {
            require(program.run(train(kind, run(kind), 6)));
        }
        require(program.run(reproduce(table())));
    }

    /** Makes {@link #many}. */
    void prepareMany() throws IOException {
        for (int number = 0; number < 20; number++) {
            Pictures.write(many().resolve("class" + number), number, 0, 40, 96);
        }
    }

    List<Object> train(Kind kind, Path run, int iterations) {
        List<Object> line = new ArrayList<>(List.of("train", "--preset", kind.preset, "--out", run));
        line.addAll(data());
        line.addAll(List.of("--set", "iterations=" + iterations));
        line.addAll(SETTINGS);
        line.addAll(List.of(kind.settings.split(" ", -1)));
        return line;
    }

    List<Object> data() {
        return List.of("--data", images(), "--cache", cache());
    }

    static List<Object> reproduce(Path out) {
        List<Object> line = new ArrayList<>(List.of("reproduce", "demo", "--out", out));
        line.addAll(CommandLines.tiny(4));
        line.addAll(List.of("test-episodes=3", "--json"));
        return line;
    }

    private static void require(Ran ran) {
        if (ran.exit() != 0) {
            throw new IllegalStateException("what is whole must be taken, but: " + ran.err());
        }
    }
}
