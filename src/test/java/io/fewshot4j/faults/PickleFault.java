package io.fewshot4j.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A damaged or hostile pickle among Mini-ImageNet's three. */
final class PickleFault implements Fault {
    private static final List<String> OPERATIONS = List.of(
            "cos\nsystem\n(U\u0004ls /tR",
            "cbuiltins\neval\n(U\u00011tR",
            "cnumpy\nload\n(U\u0001xtR",
            "]q\u0000h\u0000a",
            "2",
            "(",
            "]",
            "}",
            "h\u0007",
            "j\u00ff\u00ff\u00ff\u00ff",
            "X\u00ff\u00ff\u00ff\u00ff",
            "T\u00ff\u00ff\u00ff\u007f",
            "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
            "\u008b\u00ff\u00ff\u00ff\u007f",
            "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\u0000\u0085U\u0001btR",
            "(K\u0001(J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007ftN\u0089T\u0000\u0000\u0000\u0000tb",
            "U\nimage_data",
            "s",
            "u",
            "e",
            "b",
            "R",
            "0",
            "N",
            ".");

    private final Base base;
    private final Program program;

    PickleFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("mini"));
        write(data, "train", "n01532829", 0);
        write(data, "val", "n01855672", 50);
        write(data, "test", "n01930112", 150);
        Path file = Trees.all(data).get(random.nextInt(3));
        String done = random.nextInt(3) == 0 ? made(file, random) : damaged(file, random);
        Ran ran = program.run(List.of("data", "info", data, "--cache", folder.resolve("cache"), "--json"));
        return new Judge(
                        "",
                        List.of(),
                        List.of(file.getFileName().toString(), base.folder().toString(), data.toString()),
                        true)
                .judge("pickle, " + done + "; data info", ran, ran.out());
    }

    private static String damaged(Path file, Random random) throws IOException {
        Mutation mutation = Draw.one(
                random, Mutation.FLIP, Mutation.FLIP, Mutation.CELL, Mutation.ZERO, Mutation.TRUNCATE, Mutation.EMPTY);
        return mutation.apply(file, List.of(), random);
    }

    private static String made(Path file, Random random) throws IOException {
        StringBuilder operations = new StringBuilder("\u0080\u0002");
        String repeated = Draw.one(random, OPERATIONS);
        int times = random.nextInt(4) == 0 ? 400_000 / repeated.length() : 1;
        for (int i = random.nextInt(8); i > 0; i--) {
            operations.append(Draw.one(random, OPERATIONS));
        }
        operations.append(repeated.repeat(times)).append('.');
        Files.writeString(file, operations, StandardCharsets.ISO_8859_1);
        String shown = operations.substring(0, Math.min(operations.length(), 200));
        return times + " times "
                + shown.chars()
                        .mapToObj(c -> c > 32 && c < 127 ? Character.toString(c) : String.format("\\x%02x", c))
                        .reduce("", String::concat);
    }

    /** Two images of one class as Python 2 writes them. */
    private static void write(Path folder, String split, String name, int first) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder pixels = new StringBuilder();
        for (int i = 0; i < 96; i++) {
            pixels.append((char) ((first + i) % 256));
        }
        String array =
                "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\u0000\u0085U\u0001btR(K\u0001(K\u0002K\u0004K\u0004K\u0003"
                        + "tcnumpy\ndtype\n(U\u0002u1K\u0000K\u0001tR(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff"
                        + "\u00ff\u00ffK\u0000tb\u0089T`\u0000\u0000\u0000" + pixels + "tb";
        String pickle = "\u0080\u0002}(U\nimage_data" + array + "U\nclass_dict}U" + (char) name.length() + name
                + "](K\u0001K\u0000esu.";
        out.writeBytes(pickle.getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("mini-imagenet-cache-" + split + ".pkl"), out.toByteArray());
    }
}
