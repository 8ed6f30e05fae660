package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The learning curve as {@code history.csv}: one row an iteration, with numbers that read back exactly. */
public final class HistoryFile implements AutoCloseable {
    private static final String WAY_OUT =
            "put the file back from a copy, or rename it to history-before.csv to begin a new curve";

    /** A row and its text, which another Java might write with other digits. */
    private record Line(String text, HistoryRow row) {}

    private final Path file;
    private final FileOutputStream out;
    private final MessageDigest written = DurableFiles.sha256();

    private HistoryFile(Path file, FileOutputStream out, byte[] content) {
        this.file = file;
        this.out = out;
        written.update(content);
    }

    /**
     * Opens a curve for more rows, without any that came after {@code iteration}.
     *
     * @param sha256 {@link #sha256} as it was at that iteration, if that is known
     * @throws FewShotException if rows are missing or were changed
     */
    static HistoryFile resume(Path file, long iteration, Optional<String> sha256) {
        if (iteration > 0 && sha256.isPresent() && !Files.exists(file) && !Files.exists(movedAway(file))) {
            throw new FewShotException(
                    file + " must be there, but is missing; put it back from a copy, or make an empty "
                            + movedAway(file).getFileName() + " beside it to begin a new curve");
        }
        List<String> kept = Files.exists(file) ? checked(file, iteration, sha256) : List.of(HistoryRow.HEADER);
        byte[] bytes = bytes(kept);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            DurableFiles.write(temporary, out -> out.write(bytes));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return new HistoryFile(file, new FileOutputStream(file.toFile(), true), bytes);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static Path movedAway(Path file) {
        return file.resolveSibling("history-before.csv");
    }

    /** The lines as far as an iteration, without a hole; they begin later only where the file was moved away. */
    private static List<String> checked(Path file, long iteration, Optional<String> sha256) {
        List<Line> lines = lines(file);
        long expected = lines.isEmpty() ? 1 : lines.get(0).row().iteration();
        for (Line line : lines) {
            if (line.row().iteration() != expected) {
                throw hole(file, iteration, expected, line.row().iteration());
            }
            expected++;
        }
        if (expected <= iteration) {
            throw hole(file, iteration, expected, iteration + 1);
        }
        return unchanged(file, lines, iteration, sha256);
    }

    private static List<String> unchanged(Path file, List<Line> lines, long iteration, Optional<String> sha256) {
        List<String> kept = Stream.concat(
                        Stream.of(HistoryRow.HEADER),
                        lines.stream()
                                .filter(line -> line.row().iteration() <= iteration)
                                .map(Line::text))
                .toList();
        String found = DurableFiles.sha256(bytes(kept));
        sha256.filter(expected -> !expected.equals(found)).ifPresent(expected -> {
            throw new FewShotException(file + " must have the SHA-256 " + expected + " as far as iteration " + iteration
                    + ", as the checkpoint says, got " + found + ", so something in it was changed; " + WAY_OUT);
        });
        return kept;
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * All whole rows of a curve that is as a checkpoint knows it.
     *
     * @param sha256 {@link #sha256} as it was at {@code iteration}, if that is known
     */
    static List<HistoryRow> read(Path file, long iteration, Optional<String> sha256) {
        List<Line> lines = lines(file);
        unchanged(file, lines, iteration, sha256);
        return lines.stream().map(Line::row).toList();
    }

    private static FewShotException hole(Path file, long iteration, long from, long next) {
        return new FewShotException(
                file + " must have a row for each iteration as far as the checkpoint's, " + iteration
                        + ", but the row of " + from + (next > iteration ? " and all after it are" : " is")
                        + " missing; " + WAY_OUT);
    }

    /** All whole rows; a last one that was cut off by a crash is left out. */
    public static List<HistoryRow> read(Path file) {
        return lines(file).stream().map(Line::row).toList();
    }

    private static List<Line> lines(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + DurableFiles.reason(e), e);
        }
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (!lines.isEmpty() && !lines.get(0).equals(HistoryRow.HEADER)) {
            throw new FewShotException(
                    file + " must start with the line " + HistoryRow.HEADER + ", got " + lines.get(0) + "; " + WAY_OUT);
        }
        return IntStream.range(1, lines.size())
                .mapToObj(i -> new Line(lines.get(i), row(file, i + 1, lines.get(i))))
                .toList();
    }

    private static HistoryRow row(Path file, int number, String line) {
        try {
            return HistoryRow.parse(line);
        } catch (IllegalArgumentException e) {
            throw new FewShotException(
                    file + " line " + number + " must have the numbers " + HistoryRow.HEADER + ", got " + line + "; "
                            + WAY_OUT,
                    e);
        }
    }

    /** Adds a row. */
    public void append(HistoryRow row) {
        try {
            byte[] bytes = bytes(List.of(row.toCsv()));
            out.write(bytes);
            written.update(bytes);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /** SHA-256 of all that the file holds, in hex. */
    public String sha256() {
        return DurableFiles.hex(written);
    }

    /** Brings the rows added to the disk. */
    public void sync() {
        try {
            out.getChannel().force(true);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static FewShotException unwritten(Path file, IOException cause) {
        return new FewShotException(
                "cannot write " + file + ": " + DurableFiles.reason(cause)
                        + "; free space or mend permissions, then resume",
                cause);
    }
}
