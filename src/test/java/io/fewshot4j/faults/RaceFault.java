package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Several processes at once where one might be expected. */
final class RaceFault implements Fault {
    private final Base base;
    private final Launcher launcher;
    private final DownloadServer server;
    private final Undisturbed undisturbed;
    private final Path folder;
    private final Map<String, String> whole = new ConcurrentHashMap<>();

    RaceFault(Base base, Launcher launcher, DownloadServer server, Undisturbed undisturbed, Path folder) {
        this.base = base;
        this.launcher = launcher;
        this.server = server;
        this.undisturbed = undisturbed;
        this.folder = folder;
    }

    @Override
    public Verdict attempt(Random random, Path place) throws IOException, InterruptedException {
        return switch (random.nextInt(5)) {
            case 0 -> reproductions(random, place);
            case 1 -> trainings(random, place);
            case 2 -> evaluations(random, place);
            case 3 -> together("two data fetch into one folder", random, place, new Works.Fetching(server));
            default -> together("two decode into one cache", random, place, new Works.Caching(base));
        };
    }

    /** Three presets, one table: all rows are there in the end, as if one had followed the other. */
    private Verdict reproductions(Random random, Path place) throws IOException, InterruptedException {
        List<Launcher.Running> running = new ArrayList<>();
        List<Path> presets = presets(place);
        for (Path preset : presets) {
            running.add(launcher.start(reproduce(preset, place.resolve("table"))));
            Thread.sleep(random.nextInt(200));
        }
        String what = "three reproduce into one table";
        String expected = whole.computeIfAbsent("rows", key -> {
            Path alone = folder.resolve("rows");
            presets.forEach(preset -> launcher.run(reproduce(preset, alone)));
            return ResultRows.of(alone);
        });
        Verdict verdict = new Verdict(Finding.SAME_RESULT, what, "");
        for (Launcher.Running one : running) {
            Ran ran = one.await();
            verdict = Verdict.worse(verdict, Judge.of("").mustWork(what, ran, ""));
        }
        return verdict.finding().isBad()
                ? verdict
                : Judge.of(expected).judge(what, new Ran(0, "", ""), ResultRows.of(place.resolve("table")));
    }

    private List<Path> presets(Path place) throws IOException {
        List<Path> presets = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            String text = launcher.run(List.of("presets", "demo")).out().replaceAll("(?m)^seed: .*$", "seed: " + seed);
            presets.add(Files.writeString(place.resolve("preset" + seed + ".yaml"), text));
        }
        return presets;
    }

    private static List<Object> reproduce(Path preset, Path table) {
        List<Object> line = Base.reproduce(table);
        line.set(1, preset);
        return line;
    }

    /** One trains, the other is told so; the run is as if one had been alone. */
    private Verdict trainings(Random random, Path place) throws IOException, InterruptedException {
        Work training = new Works.Training();
        List<?> line = training.line(place);
        Launcher.Running first = launcher.start(line);
        Thread.sleep(random.nextInt(3) == 0 ? random.nextInt(2000) : random.nextInt(100));
        Launcher.Running second = launcher.start(line);
        Ran one = first.await();
        Ran other = second.await();
        Ran trained = one.exit() == 0 ? one : other;
        Ran refused = one.exit() == 0 ? other : one;
        String what = "two train into one folder";
        Verdict told = new Judge("", List.of(), List.of(place.toString()), false).judge(what, refused, "another run");
        Verdict whole =
                Judge.of(undisturbed.of(training).result()).mustWork(what, trained, training.result(place, trained));
        return Verdict.worse(whole, told);
    }

    /** Evaluations while checkpoints come and go: each is that of the checkpoint that it names. */
    private Verdict evaluations(Random random, Path place) throws IOException, InterruptedException {
        Work training = new Works.Training();
        Launcher.Running running = launcher.start(training.line(place));
        String what = "evaluate while training writes";
        Verdict verdict = new Verdict(Finding.SAME_RESULT, what, "");
        while (running.process().isAlive()) {
            Thread.sleep(random.nextInt(400));
            Ran ran = launcher.run(evaluate(place.resolve("run"), place));
            boolean early =
                    ran.err().contains("must have a checkpoint") || ran.err().contains("is no training run");
            if (!early) {
                String iteration = ran.out().replaceAll("(?s).*\"checkpoint\" : \"iteration (\\d+).*", "$1");
                String expected = ran.exit() == 0 && !iteration.equals("0")
                        ? evaluationAt(Integer.parseInt(iteration))
                        : accuracy(ran); // there is no training of 0 iterations to compare with
                verdict = Verdict.worse(verdict, Judge.of(expected).mustWork(what, ran, accuracy(ran)));
            }
        }
        Ran trained = running.await();
        return Verdict.worse(
                verdict,
                Judge.of(undisturbed.of(training).result()).mustWork(what, trained, training.result(place, trained)));
    }

    private static List<Object> evaluate(Path run, Path place) {
        return List.of(
                "evaluate",
                "--run",
                run,
                "--episodes",
                "2",
                "--checkpoint",
                "latest",
                "--json",
                "--out",
                place.resolve("report"));
    }

    private static String accuracy(Ran ran) {
        return ran.out().replaceAll("(?s).*\"evaluation\"", "").replaceAll("(?s)\"report\".*", "");
    }

    private String evaluationAt(int iteration) {
        return whole.computeIfAbsent("iteration " + iteration, key -> {
            Path alone = folder.resolve("iteration-" + iteration);
            launcher.run(new Works.Training(iteration).line(alone));
            return accuracy(launcher.run(evaluate(alone.resolve("run"), alone)));
        });
    }

    /** Two do the same work; one may be told that the other is at it. */
    private Verdict together(String what, Random random, Path place, Work work)
            throws IOException, InterruptedException {
        Launcher.Running first = launcher.start(work.line(place));
        Thread.sleep(random.nextInt(500));
        Launcher.Running second = launcher.start(work.line(place));
        List<Ran> both = List.of(first.await(), second.await());
        Verdict verdict = new Verdict(Finding.SAME_RESULT, what, "");
        for (Ran ran : both) {
            String found = ran.exit() == 0 ? work.result(place, ran) : "";
            verdict = Verdict.worse(
                    verdict,
                    new Judge(undisturbed.of(work).result(), List.of(), List.of(place.toString()), false)
                            .judge(what, ran, found));
        }
        boolean done = both.stream().anyMatch(ran -> ran.exit() == 0);
        return done ? verdict : new Verdict(Finding.LOST_FILE, what, "neither came to its end: " + both);
    }
}
