package io.fewshot4j.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A damaged or hostile image among those to be classified. */
final class ImageFault implements Fault {
    private static final int[] SIZES = {0, 1, 16, 65535, 100_000, 1 << 20, Integer.MAX_VALUE, -1};

    private final Base base;
    private final Program program;
    private final Once<Ran> whole = new Once<>();

    ImageFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Path queries = folder.resolve("queries");
        Trees.copy(base.queries(), queries);
        Path own = Trees.all(queries).get(random.nextInt(3));
        int form = random.nextInt(3);
        String done = switch (form) {
            case 0 ->
                own.getFileName() + ": "
                        + Draw.one(random, Mutation.FLIP, Mutation.TRUNCATE, Mutation.EMPTY)
                                .apply(own, List.of(), random);
            case 1 -> odd(queries, random);
            default -> made(queries, random);
        };
        Ran ran = program.run(line(queries));
        Ran expected = whole.of(() -> program.run(line(base.queries())));
        String name = form == 0 ? own.getFileName().toString() : "hostile";
        return new Judge(expected.out(), expected.notes(), List.of(name), form != 0)
                .judge("images, " + done + "; classify", ran, ran.out());
    }

    private List<Object> line(Path queries) {
        return List.of(
                "classify",
                "--run",
                base.run(Base.Kind.PROTONET),
                "--support",
                base.support(),
                "--queries",
                queries,
                "--json");
    }

    /** One of the project's odd images, damaged. */
    private static String odd(Path queries, Random random) throws IOException {
        List<String> names = names();
        String name = Draw.one(random, names);
        Path file = queries.resolve("hostile" + name.substring(name.lastIndexOf('.')));
        try (InputStream in = ImageFault.class.getResourceAsStream("/io/fewshot4j/data/image/odd/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        List<String> done = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Mutation mutation = Draw.one(random, Mutation.FLIP, Mutation.FLIP, Mutation.ZERO, Mutation.TRUNCATE);
            done.add(mutation.apply(file, List.of(), random));
        }
        return name + ": " + done;
    }

    private static List<String> names() throws IOException {
        try (InputStream in = ImageFault.class.getResourceAsStream("/io/fewshot4j/data/image/odd/pixels.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .toList();
        }
    }

    private static String made(Path queries, Random random) throws IOException {
        Path file = queries.resolve("hostile.png");
        switch (random.nextInt(6)) {
            case 0 -> {
                Files.createDirectories(file);
                return "a folder of that name";
            }
            case 1 -> {
                Files.createSymbolicLink(file, file);
                return "a link to itself";
            }
            case 2 -> {
                byte[] bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
                Files.write(file, bytes);
                return "random bytes";
            }
            case 3 -> {
                Files.write(queries.resolve("hostile\u001b[2J=1+1.png"), new byte[9]);
                return "a name that steers terminals";
            }
            default -> {
                int width = SIZES[random.nextInt(SIZES.length)];
                int height = SIZES[random.nextInt(SIZES.length)];
                int depth = 1 << random.nextInt(6);
                int colour = random.nextInt(8);
                Files.write(file, png(width, height, depth, colour, random.nextInt(4) == 0 ? 50_000_000 : 300));
                return "a PNG that says " + width + "x" + height + ", depth " + depth + ", colour type " + colour;
            }
        }
    }

    private static byte[] png(int width, int height, int depth, int colour, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) colour)
                        .array());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data, deflater)) {
            for (int left = length; left > 0; left -= 10_000) {
                deflated.write(new byte[Math.min(left, 10_000)]);
            }
        }
        deflater.end();
        chunk(out, "IDAT", data.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) throws IOException {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(named);
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(named);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
