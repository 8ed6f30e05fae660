package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;

/** The file of decoded images is changed, cut, emptied or removed, or its index is forged; then a command reads it. */
final class CacheFault implements Fault {
    private static final int HEAD = 64;

    private final Base base;
    private final Program program;
    private final Map<Operation, Operation.Done> whole = new EnumMap<>(Operation.class);

    CacheFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Operation.Place place =
                new Operation.Place(folder.resolve("run"), folder.resolve("out"), folder.resolve("cache"));
        Trees.copy(base.run(Base.Kind.MAML), place.run());
        Trees.copy(base.cache(), place.cache());
        List<Path> files = Trees.all(place.cache());
        Path file = Draw.one(random, files);
        boolean forged = Files.size(file) > HEAD && random.nextInt(3) == 0;
        String done = forged ? forge(file, random) : Mutation.any(random).apply(file, files, random);
        Operation operation = random.nextBoolean() ? Operation.EVALUATE : Operation.RESUME;
        Operation.Done found = operation.on(place, base, program, List.of());
        Operation.Done expected = whole.computeIfAbsent(operation, key -> whole(key, folder));
        String what = "cache, " + file.getFileName() + ": " + done.replace(folder + "/", "") + "; " + operation.words();
        return new Judge(
                        expected.result(),
                        expected.ran().notes(),
                        List.of(file.getFileName().toString()),
                        forged)
                .judge(what, found.ran(), found.result());
    }

    private Operation.Done whole(Operation operation, Path folder) {
        Path second = folder.resolve("whole");
        Trees.copy(base.run(Base.Kind.MAML), second.resolve("run"));
        return operation.on(Operation.Place.in(second, base), base, program, List.of());
    }

    /** Another index under a right checksum. */
    private static String forge(Path file, Random random) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int index = (int) bytes.getLong(16);
        int at = index + random.nextInt(random.nextBoolean() ? 32 : bytes.limit() - index);
        bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(HEAD, bytes.limit() - HEAD));
        crc.update(bytes.slice(16, Long.BYTES));
        bytes.putInt(12, (int) crc.getValue());
        Files.write(file, bytes.array());
        return "forge the index at " + (at - index);
    }
}
