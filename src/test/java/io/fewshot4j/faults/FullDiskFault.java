package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** No space for a result: a standard output that takes nothing, or a disk of some kilobytes that grows afterwards. */
final class FullDiskFault implements Fault {
    private static final Path FULL = Path.of("/dev/full");
    /**
     * Works in a name space of its own: a small disk, the work, a larger disk, the work again, a copy of what is there.
     */
    private static final String SCRIPT = """
            size=$1 disk=$2 kept=$3; shift 3
            mount -t tmpfs -o size="${size}k" none "$disk" || exit 99
            "$@"; echo $? > "$kept/exit"
            mount -o remount,size=200m "$disk"
            "$@" > "$kept/out2" 2> "$kept/err2"; echo $? > "$kept/exit2"
            cp -r "$disk" "$kept/disk"
            """;

    private static final int NO_MOUNT = 99;

    private final Base base;
    private final Launcher launcher;
    private final Undisturbed undisturbed;
    private final boolean mounts;

    FullDiskFault(Base base, Launcher launcher, Undisturbed undisturbed) throws InterruptedException {
        this.base = base;
        this.launcher = launcher;
        this.undisturbed = undisturbed;
        this.mounts = mounts(launcher);
    }

    private static boolean mounts(Launcher launcher) throws InterruptedException {
        List<String> command =
                List.of("sh", "-c", "command -v unshare > /dev/null && unshare -rm mount -t tmpfs none /mnt");
        return launcher.start(command, Path.of("/dev/null")).await().exit() == 0;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException, InterruptedException {
        return random.nextInt(3) == 0 ? output(random, folder) : disk(random, folder);
    }

    private Verdict output(Random random, Path folder) throws InterruptedException {
        Trees.copy(base.run(Base.Kind.MAML), folder.resolve("run"));
        Operation operation = Draw.one(random, Operation.values());
        String what = operation.words() + " to a full standard output";
        if (!Files.exists(FULL)) {
            return new Verdict(Finding.SKIPPED, what, "no " + FULL + " here");
        }
        List<String> line = launcher.line(operation.line(Operation.Place.in(folder, base), base));
        return Judge.fullDisk(what, launcher.start(line, FULL).await());
    }

    private Verdict disk(Random random, Path folder) throws IOException, InterruptedException {
        Work work = Draw.one(
                random,
                new Works.Reproducing(),
                new Works.Reproducing(),
                new Works.Caching(base),
                new Works.Classifying(base));
        int most = work instanceof Works.Reproducing ? 300 : work instanceof Works.Caching ? 18_000 : 8;
        int kilobytes = 4 + random.nextInt(most);
        String what = work.name() + " on a disk of " + kilobytes + " kB, then on a larger one";
        if (!mounts) {
            return new Verdict(Finding.SKIPPED, what, "no right to mount a small disk here");
        }
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Path kept = Files.createDirectories(folder.resolve("kept"));
        List<String> command = new ArrayList<>(
                List.of("unshare", "-rm", "sh", "-c", SCRIPT, "sh", "" + kilobytes, disk.toString(), kept.toString()));
        command.addAll(launcher.line(work.line(disk)));
        Ran all = launcher.start(command, kept.resolve("out")).await();
        if (all.exit() == NO_MOUNT || all.exit() == Ran.HUNG) {
            return new Verdict(Finding.HANG, what, all.err());
        }
        Ran first = new Ran(number(kept.resolve("exit")), all.out(), all.err());
        Ran second = new Ran(
                number(kept.resolve("exit2")),
                Files.readString(kept.resolve("out2")),
                Files.readString(kept.resolve("err2")));
        Verdict small = first.exit() == 0
                ? new Verdict(Finding.SAME_RESULT, what, "there was space enough")
                : Judge.fullDisk(what, first);
        String found = second.exit() == 0 ? work.result(kept.resolve("disk"), second) : "";
        Verdict large = Judge.of(undisturbed.of(work).result()).mustWork(what, second, found);
        return Verdict.worse(large, small);
    }

    private static int number(Path file) throws IOException {
        return Integer.parseInt(Files.readString(file).strip());
    }
}
