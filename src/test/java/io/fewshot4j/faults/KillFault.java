package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Work is killed as {@code kill -9} does, once or twice at random moments, and then gone on with.
 *
 * @param works each as often as it should be chosen
 */
record KillFault(List<Work> works, Launcher launcher, Undisturbed undisturbed) implements Fault {
    private static final double EARLIEST = 0.3;

    KillFault {
        works = List.copyOf(works);
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException, InterruptedException {
        Work work = Draw.one(random, works);
        Undisturbed.Whole whole = undisturbed.of(work);
        work.prepare(folder);
        List<String> kills = new ArrayList<>();
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            double share = EARLIEST + (1 - EARLIEST) * random.nextDouble();
            Duration after = Duration.ofMillis((long) (share * whole.time().toMillis()));
            boolean killed = launcher.start(work.line(folder)).kill(after);
            kills.add(String.format(Locale.ROOT, "%.2f s%s", after.toMillis() / 1000.0, killed ? "" : " (too late)"));
        }
        Ran ran = launcher.run(work.line(folder));
        String what = work.name() + ", killed after " + String.join(" and ", kills) + "; gone on with";
        String found = ran.exit() == 0 ? work.result(folder, ran) : "";
        return Judge.of(whole.result()).mustWork(what, ran, found);
    }
}
