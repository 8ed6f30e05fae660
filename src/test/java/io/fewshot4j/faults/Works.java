package io.fewshot4j.faults;

import io.fewshot4j.cli.CommandLines;
import io.fewshot4j.cli.FetchOne;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The work that is killed. */
final class Works {
    private Works() {}

    /** Each as often as it should be chosen. */
    static List<Work> of(Base base, DownloadServer server) {
        return List.of(
                new Training(),
                new Training(),
                new Training(),
                new Evaluating(base),
                new Caching(base),
                new Reproducing(),
                new Reproducing(),
                new Classifying(base),
                new Fetching(server));
    }

    /** Settings with which iterations take no time, and each is kept. */
    private static List<String> tiny(int iterations) {
        List<String> settings = new ArrayList<>(CommandLines.tiny(iterations));
        settings.removeIf(setting -> setting.startsWith("validate-every="));
        settings.replaceAll(setting -> setting.startsWith("checkpoint-every=") ? "checkpoint-every=1" : setting);
        return settings;
    }

    /** Training with a checkpoint after each iteration. */
    record Training(int iterations) implements Work {
        Training() {
            this(60);
        }

        @Override
        public String name() {
            return "training";
        }

        @Override
        public List<?> line(Path folder) {
            Path run = folder.resolve("run");
            if (Trees.all(run).stream().anyMatch(file -> file.toString().contains("/iteration-"))) {
                return List.of("train", "--resume", run);
            }
            List<Object> line = new ArrayList<>(List.of("train", "--preset", "demo", "--out", run));
            line.addAll(tiny(iterations));
            line.add("validate-every=10");
            return line;
        }

        @Override
        public String result(Path folder, Ran ran) {
            Map<String, String> files = Trees.digests(folder.resolve("run"));
            files.keySet().removeIf(file -> file.startsWith("report"));
            return files.toString();
        }
    }

    /** An evaluation with its report, in the place of an older one. */
    record Evaluating(Base base) implements Work {
        @Override
        public String name() {
            return "evaluating";
        }

        @Override
        public void prepare(Path folder) {
            Trees.copy(base.run(Base.Kind.MAML), folder.resolve("run"));
        }

        @Override
        public List<?> line(Path folder) {
            List<Object> line =
                    new ArrayList<>(List.of("evaluate", "--run", folder.resolve("run"), "--episodes", "100", "--json"));
            line.addAll(base.data());
            return line;
        }

        @Override
        public String result(Path folder, Ran ran) {
            Map<String, String> files = Trees.digests(folder.resolve("run"));
            files.keySet().removeIf(file -> file.matches(".*(index.html|report.json|[.]part)"));
            return ran.out().replace(folder.toString(), "FOLDER") + files;
        }
    }

    /** Decoding into an empty cache. */
    record Caching(Base base) implements Work {
        @Override
        public String name() {
            return "caching";
        }

        @Override
        public List<?> line(Path folder) {
            return List.of("data", "info", base.many(), "--cache", folder.resolve("cache"), "--json");
        }

        @Override
        public String result(Path folder, Ran ran) {
            return ran.out() + Trees.digests(folder.resolve("cache"));
        }
    }

    /** A preset's training, test and row in the table. */
    record Reproducing() implements Work {
        @Override
        public String name() {
            return "reproducing";
        }

        @Override
        public List<?> line(Path folder) {
            List<Object> line = new ArrayList<>(List.of("reproduce", "demo", "--out", folder.resolve("table")));
            line.addAll(tiny(40));
            line.addAll(List.of("test-episodes=40", "validate-every=2"));
            return line;
        }

        @Override
        public String result(Path folder, Ran ran) {
            Path table = folder.resolve("table");
            Map<String, String> files = Trees.digests(table.resolve("demo"));
            files.keySet().removeIf(file -> !file.startsWith("checkpoints") && !file.equals("history.csv"));
            return ResultRows.of(table) + files;
        }
    }

    /** Answers over an older file of answers. */
    record Classifying(Base base) implements Work {
        @Override
        public String name() {
            return "classifying";
        }

        @Override
        public List<?> line(Path folder) {
            return List.of(
                    "classify",
                    "--run",
                    base.run(Base.Kind.MAML),
                    "--support",
                    base.support(),
                    "--queries",
                    base.queries(),
                    "--csv",
                    folder.resolve("answers.csv"));
        }

        @Override
        public String result(Path folder, Ran ran) throws IOException {
            return Files.readString(folder.resolve("answers.csv"))
                    + Trees.digests(folder).keySet();
        }
    }

    /** A download. */
    record Fetching(DownloadServer server) implements Work {
        @Override
        public String name() {
            return "fetching";
        }

        @Override
        public List<?> line(Path folder) {
            return List.of(FetchOne.class, server.address(), server.md5(), folder.resolve("data"));
        }

        @Override
        public String result(Path folder, Ran ran) {
            return Trees.digests(folder.resolve("data")).toString();
        }
    }
}
