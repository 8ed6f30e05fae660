package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The learning curve as {@code history.csv}: one row an iteration, with numbers that read back exactly. */
public final class HistoryFile implements AutoCloseable {
    private final Path file;
    private final FileOutputStream out;

    private HistoryFile(Path file, FileOutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Opens a curve for more rows, without any that came after {@code iteration}. */
    public static HistoryFile resume(Path file, long iteration) {
        List<HistoryRow> rows = Files.exists(file) ? whole(file, iteration) : List.of();
        String kept = rows.stream()
                .filter(row -> row.iteration() <= iteration)
                .map(row -> row.toCsv() + "\n")
                .collect(Collectors.joining("", HistoryRow.HEADER + "\n", ""));
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            DurableFiles.write(temporary, out -> out.write(kept.getBytes(StandardCharsets.UTF_8)));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return new HistoryFile(file, new FileOutputStream(file.toFile(), true));
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /** A curve without a hole as far as an iteration; it begins later only where the file was moved away. */
    private static List<HistoryRow> whole(Path file, long iteration) {
        List<HistoryRow> rows = read(file);
        long expected = rows.isEmpty() ? 1 : rows.get(0).iteration();
        for (HistoryRow row : rows) {
            if (row.iteration() != expected) {
                throw hole(file, iteration, expected, row.iteration());
            }
            expected++;
        }
        if (expected <= iteration) {
            throw hole(file, iteration, expected, iteration + 1);
        }
        return rows;
    }

    private static FewShotException hole(Path file, long iteration, long from, long next) {
        return new FewShotException(
                file + " must have a row for each iteration as far as the checkpoint's, " + iteration
                        + ", but the row of " + from + (next > iteration ? " and all after it are" : " is")
                        + " missing; put the file back from a copy, or move it away to begin a new curve");
    }

    /** All whole rows; a last one that was cut off by a crash is left out. */
    public static List<HistoryRow> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + DurableFiles.reason(e), e);
        }
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (!lines.isEmpty() && !lines.get(0).equals(HistoryRow.HEADER)) {
            throw new FewShotException(file + " must start with the line " + HistoryRow.HEADER + ", got " + lines.get(0)
                    + "; move the file away to begin a new curve");
        }
        List<HistoryRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            rows.add(row(file, i + 1, lines.get(i)));
        }
        return rows;
    }

    private static HistoryRow row(Path file, int number, String line) {
        try {
            return HistoryRow.parse(line);
        } catch (IllegalArgumentException e) {
            throw new FewShotException(
                    file + " line " + number + " must have the numbers " + HistoryRow.HEADER + ", got " + line
                            + "; move the file away to begin a new curve",
                    e);
        }
    }

    /** Adds a row. */
    public void append(HistoryRow row) {
        try {
            out.write((row.toCsv() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritten(file, e);
        }
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
