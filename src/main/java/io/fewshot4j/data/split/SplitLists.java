package io.fewshot4j.data.split;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which class is in which split, as a user says: one file with a line {@code CLASS,SPLIT} for each class, or a folder of
 * three lists {@code train}, {@code val} and {@code test} ({@code .txt} or {@code .csv}) with a class in each line, last
 * where there are several columns.
 */
public final class SplitLists {
    private static final List<String> HEADS = List.of("split", "label", "class", "wnid", "class_name");

    private SplitLists() {}

    public static Map<String, Split> read(Path path) {
        Map<String, Split> splits = new TreeMap<>();
        if (Files.isDirectory(path)) {
            for (String split : List.of("train", "val", "test")) {
                Path list = list(path, split);
                for (String line : lines(list)) {
                    put(splits, list, line.substring(line.lastIndexOf(',') + 1).strip(), split);
                }
            }
        } else {
            for (String line : lines(path)) {
                int comma = line.lastIndexOf(',');
                put(
                        splits,
                        path,
                        line.substring(0, Math.max(0, comma)).strip(),
                        line.substring(comma + 1).strip());
            }
        }
        return splits;
    }

    private static Path list(Path folder, String split) {
        return List.of(split + ".txt", split + ".csv").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new FewShotException("the folder of split lists " + folder + " lacks " + split
                        + ".txt or " + split + ".csv: it must hold train, val and test"));
    }

    private static void put(Map<String, Split> splits, Path list, String className, String word) {
        Optional<Split> split = Split.named(word);
        if (className.isEmpty() || split.isEmpty()) {
            throw new FewShotException(list + " must have lines CLASS,SPLIT with split train, val or test, got \""
                    + className + "," + word + "\"");
        }
        Split before = splits.put(className, split.get());
        if (before != null && before != split.get()) {
            throw new FewShotException(list + " puts the class " + className
                    + " in a second split: training, validation and test must have different classes");
        }
    }

    /** Without empty ones and a head. */
    private static List<String> lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            boolean headed = !lines.isEmpty()
                    && HEADS.contains(lines.get(0)
                            .substring(lines.get(0).lastIndexOf(',') + 1)
                            .strip());
            return lines.subList(headed ? 1 : 0, lines.size());
        } catch (IOException e) {
            throw new FewShotException("the split list " + file + " cannot be read (" + e + ")", e);
        }
    }
}
