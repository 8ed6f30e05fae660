package io.fewshot4j.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A command on a run. */
enum Operation {
    EVALUATE,
    EVALUATE_LATEST,
    RESUME,
    COMPARE,
    CLASSIFY;

    /** Outcome, and all that it should be compared by. */
    record Done(Ran ran, String result) {}

    /** Places that it reads and writes: a run, a new folder for reports, the cache of decoded images. */
    record Place(Path run, Path out, Path cache) {
        static Place in(Path folder, Base base) {
            return new Place(folder.resolve("run"), folder.resolve("out"), base.cache());
        }
    }

    /** Runs it; {@code but} are files of the run that do not count. */
    Done on(Place place, Base base, Program program, List<String> but) {
        Ran ran = program.run(line(place, base));
        String result = ran.out()
                .replace(place.run().toString(), "RUN")
                .replace(place.out().toString(), "OUT")
                .replace(base.folder().toString(), "BASE");
        return new Done(ran, this == RESUME && ran.exit() == 0 ? result + training(place.run(), but) : result);
    }

    List<Object> line(Place place, Base base) {
        Path run = place.run();
        Path out = place.out();
        List<Object> line = new ArrayList<>(
                switch (this) {
                    case EVALUATE, EVALUATE_LATEST ->
                        List.of(
                                "evaluate",
                                "--run",
                                run,
                                "--episodes",
                                "3",
                                "--out",
                                out,
                                "--checkpoint",
                                this == EVALUATE ? "best" : "latest");
                    case RESUME -> List.of("train", "--resume", run, "--set", "iterations=8");
                    case COMPARE ->
                        List.of("compare", run, base.run(Base.Kind.PROTONET), "--out", out.resolve("page.html"));
                    case CLASSIFY ->
                        List.of("classify", "--run", run, "--support", base.support(), "--queries", base.queries());
                });
        if (this != COMPARE && this != CLASSIFY) {
            line.addAll(List.of("--data", base.images(), "--cache", place.cache()));
        }
        line.add("--json");
        return line;
    }

    /** All that training keeps, but for some files. */
    private static String training(Path run, List<String> but) {
        Map<String, String> files = Trees.digests(run);
        files.keySet().removeIf(file -> file.startsWith("report") || but.contains(file));
        return files.toString();
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
