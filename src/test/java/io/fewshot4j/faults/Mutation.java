package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A way in which a file goes wrong. */
enum Mutation {
    FLIP,
    TRUNCATE,
    EMPTY,
    REMOVE,
    SWAP,
    CELL,
    ZERO,
    APPEND;

    private static final Pattern CELLS = Pattern.compile("[0-9]+|[A-Za-z]{3,}");
    private static final int PAGE = 512;

    /**
     * Applies it, and says what was done; what a file has none of (a cell, a place to cut) is flipped or appended to.
     */
    String apply(Path file, List<Path> others, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (this) {
            case EMPTY -> Files.write(file, new byte[0]);
            case REMOVE -> Files.delete(file);
            case SWAP -> {
                List<Path> rest =
                        others.stream().filter(other -> !other.equals(file)).toList();
                return rest.isEmpty() ? FLIP.apply(file, others, random) : swap(file, Draw.one(random, rest));
            }
            case APPEND -> Files.write(file, append(bytes, random));
            default -> {
                return bytes.length == 0 ? APPEND.apply(file, others, random) : change(file, bytes, random);
            }
        }
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private String change(Path file, byte[] bytes, Random random) throws IOException {
        int at = random.nextInt(bytes.length);
        switch (this) {
            case TRUNCATE -> Files.write(file, Arrays.copyOf(bytes, at));
            case ZERO -> {
                Arrays.fill(bytes, at, Math.min(bytes.length, at + PAGE), (byte) 0);
                Files.write(file, bytes);
            }
            case CELL -> {
                return cell(file, bytes, random);
            }
            default -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
        }
        return name().toLowerCase(java.util.Locale.ROOT) + " at " + at;
    }

    private static byte[] append(byte[] bytes, Random random) {
        byte[] more = new byte[1 + random.nextInt(40)];
        random.nextBytes(more);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, bytes.length, more.length);
        return longer;
    }

    private static String swap(Path file, Path other) throws IOException {
        Path aside = file.resolveSibling("aside");
        Files.move(file, aside);
        Files.copy(other, file);
        Files.move(aside, other, StandardCopyOption.REPLACE_EXISTING);
        return "swap with " + other;
    }

    /** Another digit or letter in one number or word. */
    private static String cell(Path file, byte[] bytes, Random random) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> cells = CELLS.matcher(text).results().toList();
        MatchResult cell =
                cells.isEmpty() ? CELLS.matcher("abc").results().toList().get(0) : Draw.one(random, cells);
        int at = cell.start() + random.nextInt(cell.end() - cell.start());
        int base = Character.isDigit(bytes[at]) ? '0' : Character.isUpperCase(bytes[at]) ? 'A' : 'a';
        int count = base == '0' ? 10 : 26;
        bytes[at] = (byte) (base + (bytes[at] - base + 1 + random.nextInt(count - 1)) % count);
        Files.write(file, bytes);
        return "cell " + cell.group() + " at " + at;
    }

    static Mutation any(Random random) {
        return Draw.one(random, values());
    }
}
