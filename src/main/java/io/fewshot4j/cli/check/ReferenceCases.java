package io.fewshot4j.cli.check;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.report.console.ProgressLine;
import io.fewshot4j.tensor.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The cases of a folder beside their expected results. */
record ReferenceCases(String precision, double tolerance, boolean ok, List<Row> cases) {
    private static final String EXPECTED = ".expected.npz";

    /** A case's largest difference. */
    record Row(String name, LargestDifference difference) {}

    /** Computes each case {@code NAME.npz} that has a file {@code NAME.expected.npz} beside it. */
    static ReferenceCases compare(Path folder, DataType type, double tolerance, Console console) {
        List<String> names = names(folder);
        console.compute();
        List<Row> rows = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.counting(console.progress(), "cases", "cases", names.size())) {
            for (String name : names) {
                rows.add(new Row(name, difference(folder, name, type)));
                progress.advance(1);
            }
        }
        boolean ok = rows.stream().allMatch(row -> row.difference().value() <= tolerance);
        return new ReferenceCases(type.name().toLowerCase(Locale.ROOT), tolerance, ok, rows);
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(EXPECTED))
                    .map(file -> file.substring(0, file.length() - EXPECTED.length()))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new FewShotException("a folder of cases must hold files NAME.npz and NAME" + EXPECTED + ", got "
                        + folder + " without any; name another folder");
            }
            return names;
        } catch (IOException e) {
            throw new FewShotException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static LargestDifference difference(Path folder, String name, DataType type) {
        Path file = folder.resolve(name + ".npz");
        Map<String, INDArray> episode = Npz.read(file);
        Map<String, INDArray> expected = Npz.read(folder.resolve(name + EXPECTED));
        Map<String, INDArray> found = VerifyCommand.compute(file, episode, type);
        LargestDifference difference = LargestDifference.of(found, expected, array -> array.startsWith("grad"));
        Stream.of(episode, expected, found)
                .flatMap(arrays -> arrays.values().stream())
                .forEach(INDArray::close);
        return difference;
    }

    String text() {
        TextTable table = new TextTable(2).row("case", "worst array", "difference", "");
        for (Row row : cases) {
            boolean within = row.difference().value() <= tolerance;
            table.row(
                    row.name(),
                    row.difference().array(),
                    String.format(Locale.ROOT, "%.1e", row.difference().value()),
                    within ? "ok" : "over");
        }
        return table + "\n" + (ok ? "all" : "not all") + " within " + tolerance + " in " + precision;
    }
}
