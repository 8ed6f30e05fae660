package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One file of a run's folder is changed, cut, emptied, removed or put in the place of another; then a command reads the
 * run.
 */
final class RunFolderFault implements Fault {
    private final Base base;
    private final Program program;
    private final Map<String, Operation.Done> whole = new ConcurrentHashMap<>();

    RunFolderFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Base.Kind kind = Draw.one(random, Base.Kind.values());
        Operation operation = Draw.one(random, Operation.values());
        Path run = folder.resolve("run");
        Trees.copy(base.run(kind), run);
        List<Path> files = Trees.all(run).stream()
                .filter(file -> !run.relativize(file).startsWith("report"))
                .toList();
        Path file = Draw.one(random, files);
        String name = run.relativize(file).toString();
        Mutation mutation = Mutation.any(random);
        String done = mutation.apply(file, likeIt(file, files, kind, folder), random);
        String what = kind + ", " + name + ": " + done.replace(folder + "/", "") + "; " + operation.words();
        List<String> touched = touched(name, done, run);
        Map<String, String> before = Trees.digests(run);
        Operation.Done found = operation.on(Operation.Place.in(folder, base), base, program, touched);
        Operation.Done expected = whole(kind, operation, touched);
        Optional<Verdict> lost =
                found.ran().exit() == 0 ? Optional.empty() : Judge.lost(what, before, Trees.digests(run), List.of());
        return lost.orElseGet(() -> new Judge(
                        expected.result(),
                        expected.ran().notes(),
                        Stream.concat(Stream.of(name), touched.stream())
                                .flatMap(one -> causes(one, run))
                                .toList(),
                        false)
                .judge(what, found.ran(), found.result()));
    }

    /** The mutated files, but the curve, which resuming writes anew. */
    private static List<String> touched(String name, String done, Path run) {
        List<String> touched = new ArrayList<>(List.of(name));
        if (done.startsWith("swap with " + run)) {
            touched.add(run.relativize(Path.of(done.substring("swap with ".length())))
                    .toString());
        }
        touched.remove("history.csv");
        return touched;
    }

    /** Files of the same name, in this run and in a copy of the other. */
    private List<Path> likeIt(Path file, List<Path> files, Base.Kind kind, Path folder) {
        Path other = folder.resolve("other");
        Trees.copy(base.run(kind == Base.Kind.MAML ? Base.Kind.PROTONET : Base.Kind.MAML), other);
        return Stream.concat(files.stream(), Trees.all(other).stream())
                .filter(each -> each.endsWith(file.getFileName()) && !each.equals(file))
                .filter(each -> !each.toString().contains("report"))
                .toList();
    }

    /** Names that a refusal may have: the file, or the checkpoint or run that it is of. */
    private static Stream<String> causes(String name, Path run) {
        Path path = Path.of(name);
        String around = path.getNameCount() > 1 ? path.getParent().getFileName().toString() : run.toString();
        return Stream.of(path.getFileName().toString(), around);
    }

    /** Judges work on the run as it was. */
    private Operation.Done whole(Base.Kind kind, Operation operation, List<String> touched) throws IOException {
        String key = kind + " " + operation + (operation == Operation.RESUME ? touched : "");
        Operation.Done known = whole.get(key);
        if (known != null) {
            return known;
        }
        Path folder = Files.createTempDirectory("whole");
        Path run = folder.resolve("run");
        Trees.copy(base.run(kind), run);
        Operation.Done done = operation.on(Operation.Place.in(folder, base), base, program, touched);
        Trees.delete(folder);
        whole.put(key, done);
        return done;
    }
}
