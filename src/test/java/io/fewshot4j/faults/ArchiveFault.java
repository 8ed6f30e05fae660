package io.fewshot4j.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A damaged or hostile archive of images. */
final class ArchiveFault implements Fault {
    private static final List<String> NAMES = List.of(
            "../../evil.png",
            "/tmp/evil.png",
            "C:\\evil.png",
            "train/class0/../../../evil.png",
            "train/\u001b[2J/1.png",
            "train/class0",
            "train/class0/image0.png/x.png",
            "train/=cmd()/1.png",
            "train/class0/IMAGE0.PNG",
            "TRAIN/class0/image0.png",
            "a/".repeat(3000) + "1.png",
            "train/class\u0000/1.png");
    private static final int CENTRAL = 0x02014b50;

    private final Base base;
    private final Program program;
    private final Once<Ran> whole = new Once<>();

    ArchiveFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("a/b/c"));
        Path archive = inside.resolve("images.zip");
        Map<String, byte[]> entries = entries();
        boolean hostile = random.nextInt(3) == 0;
        String done = "";
        if (hostile) {
            String name = Draw.one(random, NAMES);
            boolean bomb = random.nextInt(6) == 0;
            entries.put(
                    bomb ? "train/class0/bomb.png" : name,
                    bomb ? new byte[100_000_000] : entries.get("train/class0/image0.png"));
            done = bomb ? "a bomb" : "an entry " + name.substring(0, Math.min(name.length(), 60));
        }
        Files.write(archive, zip(entries));
        boolean strict = false;
        if (!hostile) {
            byte[] before = Files.readAllBytes(archive);
            done = Draw.one(
                            random,
                            Mutation.FLIP,
                            Mutation.FLIP,
                            Mutation.ZERO,
                            Mutation.TRUNCATE,
                            Mutation.EMPTY,
                            Mutation.APPEND)
                    .apply(archive, List.of(), random);
            strict = isBeforeDirectory(before, Files.readAllBytes(archive));
        }
        Ran ran = program.run(line(archive, inside));
        Ran expected =
                whole.of(() -> program.run(line(Files.write(inside.resolve("images.zip"), zip(entries())), inside)));
        String what = "archive, " + done + "; data info";
        Optional<Verdict> outside = outside(folder, what);
        return outside.isPresent()
                ? outside.get()
                : new Judge(expected.out(), expected.notes(), List.of("images.zip"), !strict)
                        .judge(what, ran, ran.out());
    }

    private static List<Object> line(Path archive, Path inside) {
        return List.of("data", "info", archive, "--cache", inside.resolve("cache"), "--json");
    }

    private static Optional<Verdict> outside(Path folder, String what) {
        boolean found =
                Trees.all(folder).stream().anyMatch(file -> file.toString().contains("evil"))
                        || Files.exists(Path.of("/tmp/evil.png"));
        return found
                ? Optional.of(new Verdict(Finding.LOST_FILE, what, "a file was written outside"))
                : Optional.empty();
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Path file : Trees.all(base.images())) {
            entries.put(base.images().relativize(file).toString(), Files.readAllBytes(file));
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** Whether only files' contents were changed, which have checksums; their directory has none. */
    private static boolean isBeforeDirectory(byte[] before, byte[] after) {
        ByteBuffer bytes = ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN);
        int directory = 0;
        while (bytes.getInt(directory) != CENTRAL) {
            directory++;
        }
        return after.length == before.length
                && java.util.Arrays.mismatch(before, directory, before.length, after, directory, after.length) < 0;
    }
}
