package io.fewshot4j.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Work that nobody disturbs: each is done once, to compare others with. */
final class Undisturbed {
    private final Launcher launcher;
    private final Path folder;
    private final Map<String, Whole> known = new ConcurrentHashMap<>();

    /** Outcome of work, and the time it takes. */
    record Whole(String result, Duration time) {}

    Undisturbed(Launcher launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    Whole of(Work work) {
        return known.computeIfAbsent(work.name(), name -> {
            Path place = folder.resolve(name.replace(' ', '-'));
            long start = System.nanoTime();
            Ran ran = done(work, place);
            return new Whole(result(work, place, ran), Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private Ran done(Work work, Path place) {
        try {
            Files.createDirectories(place);
            work.prepare(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Ran ran = launcher.run(work.line(place));
        if (ran.exit() != 0) {
            throw new IllegalStateException(work.name() + " must end well where nobody disturbs it: " + ran.err());
        }
        return ran;
    }

    private static String result(Work work, Path place, Ran ran) {
        try {
            return work.result(place, ran);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
