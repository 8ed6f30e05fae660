package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A file of a table of results, or of the run under it, is changed; then the same line is typed again. */
final class TableFault implements Fault {
    private final Base base;
    private final Program program;
    private final Once<String> whole = new Once<>();

    TableFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Path table = folder.resolve("table");
        Trees.copy(base.table(), table);
        List<Path> files = Trees.all(table);
        Path file = random.nextBoolean() ? table.resolve("results.json") : Draw.one(random, files);
        String name = table.relativize(file).toString();
        String done = Mutation.any(random).apply(file, files, random);
        String what = "table, " + name + ": " + done.replace(folder + "/", "") + "; reproduce again";
        Map<String, String> before = Trees.digests(table);
        Ran ran = program.run(Base.reproduce(table));
        Optional<Verdict> lost =
                ran.exit() == 0 ? Optional.empty() : Judge.lost(what, before, Trees.digests(table), List.of());
        if (lost.isPresent()) {
            return lost.get();
        }
        String found = ran.exit() == 0 ? rows(table) + shown(ran, table) : "";
        return new Judge(
                        whole.of(() -> expected(folder)),
                        List.of(),
                        List.of(file.getFileName().toString(), "iteration-", table.toString()),
                        false)
                .judge(what, ran, found);
    }

    private String expected(Path folder) throws IOException {
        Path whole = folder.resolve("whole");
        Trees.copy(base.table(), whole);
        return rows(whole) + shown(program.run(Base.reproduce(whole)), whole);
    }

    private static String shown(Ran ran, Path table) {
        return normal(ran.out(), table);
    }

    private static String rows(Path table) throws IOException {
        Path file = table.resolve("results.json");
        return Files.exists(file) ? normal(Files.readString(file), table) : "none";
    }

    /** Without what each training differs in: how long it took, and where. */
    static String normal(String text, Path table) {
        return text.replace(table.toString(), "TABLE")
                .replaceAll("--out \\S+", "--out TABLE")
                .replaceAll("(\"seconds\"\\s*:\\s*)[-+.E0-9]+", "$1time")
                .replaceAll("\"checksum\"\\s*:\\s*\"\\w*\"", "");
    }
}
