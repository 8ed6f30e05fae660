package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A list of which class is in which split, damaged, or written in another way. */
final class ListFault implements Fault {
    private final Base base;
    private final Program program;
    private final Once<String> whole = new Once<>();

    ListFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        List<String> rows = rows();
        Path list = folder.resolve(random.nextInt(8) == 0 ? "list.json" : "list.csv");
        boolean damaged = random.nextBoolean() && list.toString().endsWith("csv");
        String done;
        if (damaged) {
            Files.writeString(list, text(rows));
            Mutation mutation = Draw.one(
                    random,
                    Mutation.FLIP,
                    Mutation.CELL,
                    Mutation.TRUNCATE,
                    Mutation.ZERO,
                    Mutation.APPEND,
                    Mutation.EMPTY);
            done = mutation.apply(list, List.of(), random);
        } else {
            done = written(list, new ArrayList<>(rows), random);
        }
        Ran ran = program.run(line(list, folder.resolve("run")));
        boolean other = damaged || done.endsWith("?");
        return new Judge(
                        whole.of(() -> whole(rows, folder)),
                        List.of(),
                        List.of(list.getFileName().toString(), "split", "number of classes"),
                        other)
                .judge("list, " + done + "; train", ran, ran.exit() == 0 ? classes(folder.resolve("run")) : "");
    }

    private String whole(List<String> rows, Path folder) throws IOException {
        Path run = folder.resolve("run-whole");
        program.run(line(Files.writeString(folder.resolve("whole.csv"), text(rows)), run));
        return classes(run);
    }

    private static String text(List<String> rows) {
        return String.join("\n", rows) + "\n";
    }

    private static String classes(Path run) throws IOException {
        return Files.readString(run.resolve("classes.txt"));
    }

    private List<Object> line(Path list, Path run) {
        List<Object> line = new ArrayList<>(base.train(Base.Kind.PROTONET, run, 1));
        line.add("split-file=" + list);
        return line;
    }

    private List<String> rows() {
        return Trees.all(base.images()).stream()
                .map(file -> base.images().relativize(file))
                .map(file -> file.getName(1) + "," + file.getName(0))
                .distinct()
                .toList();
    }

    /** A list in another form; a question mark where it may be refused or differ. */
    private static String written(Path list, List<String> rows, Random random) throws IOException {
        String plain = text(rows);
        boolean json = list.toString().endsWith("json");
        switch (random.nextInt(json ? 3 : 9)) {
            case 0 -> Files.writeString(list, json ? "[".repeat(100_000) : "\uFEFF" + plain);
            case 1 -> Files.writeString(list, json ? "{\"train\": null}" : plain.replace("\n", "\r\n"));
            case 2 -> Files.writeString(list, json ? "{\"train\": [{}], \"val\": 3}" : "class,split\n" + plain);
            case 3 -> Files.writeString(list, plain.replaceAll("(?m)^(.*),(.*)$", "\"$1\",\"$2\""));
            case 4 -> Files.writeString(list, plain + "\n\n");
            case 5 -> Files.writeString(list, plain.replace("val", "validation"));
            case 6 -> {
                rows.add(random.nextInt(rows.size()), Draw.one(random, rows).replaceAll(",.*", ",other"));
                Files.writeString(list, String.join("\n", rows));
                return "a split called other?";
            }
            case 7 -> {
                rows.add("class0," + (random.nextBoolean() ? "test" : "train"));
                Files.writeString(list, String.join("\n", rows));
                return "a class twice?";
            }
            default -> {
                Files.writeString(list, plain + "x".repeat(5_000_000) + ",train\n");
                return "a name of five megabytes?";
            }
        }
        return json ? "JSON of another kind?" : "the same in another form";
    }
}
