package io.fewshot4j.data.split;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A user's lists of which class is in which split: one file with a line {@code CLASS,SPLIT} for each class, or a folder
 * with a list for each split, {@code train}, {@code val} and {@code test} or other words for them, with a class in each
 * line. Files end in {@code .txt}, {@code .csv}, {@code .tsv} or {@code .json}.
 */
public final class SplitLists {
    private static final String FILES = "(.*)\\.(txt|csv|tsv|json)";

    private SplitLists() {}

    /** Reads a file or a folder of lists. */
    public static Map<String, Split> read(Path path) {
        Map<String, Split> splits = new TreeMap<>();
        if (Files.isDirectory(path)) {
            lists(path).forEach((split, list) -> classes(list).forEach(name -> put(splits, list, name, split)));
        } else if (isJson(path)) {
            return SplitJson.splits(path);
        } else {
            ListFile list = ListFile.read(path);
            list.rows().forEach(row -> put(splits, path, list, row));
        }
        if (splits.isEmpty()) {
            throw new FewShotException("the split list " + path + " names no class: it must have lines CLASS,SPLIT");
        }
        return splits;
    }

    private static boolean isJson(Path path) {
        return path.toString().endsWith(".json");
    }

    /** The list of each split in a folder; validation may lack one, or test. */
    public static Map<Split, Path> lists(Path folder) {
        Map<Split, Path> lists = new EnumMap<>(Split.class);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                splitOf(String.valueOf(file.getFileName())).ifPresent(split -> {
                    Path other = lists.put(split, file);
                    if (other != null) {
                        throw new FewShotException("the folder of split lists " + folder + " has two for one split: "
                                + other.getFileName() + " and " + file.getFileName() + "; remove one");
                    }
                });
            }
        } catch (IOException e) {
            throw new FewShotException("the folder of split lists " + folder + " cannot be read (" + e + ")", e);
        }
        if (!lists.containsKey(Split.TRAIN) || lists.size() < 2) {
            throw new FewShotException("the folder of split lists " + folder + " lacks "
                    + (lists.containsKey(Split.TRAIN)
                            ? "val.txt and test.txt: it must hold one of them, or both"
                            : "train.txt or train.csv: it must hold train, and val or test or both"));
        }
        return lists;
    }

    /** The split that a list's file name says. */
    public static Optional<Split> splitOf(String fileName) {
        return fileName.matches(FILES) ? Split.named(fileName.replaceFirst(FILES, "$1")) : Optional.empty();
    }

    private static List<String> classes(Path file) {
        if (isJson(file)) {
            return SplitJson.classes(file);
        }
        ListFile list = ListFile.read(file);
        return list.rows().stream().map(row -> className(list, row)).toList();
    }

    /** The cell below a word for classes, else the folder of a file, else the last cell. */
    private static String className(ListFile list, List<String> row) {
        Optional<Integer> column = list.column(ListFile.CLASS);
        if (column.isPresent()) {
            return column.get() < row.size() ? row.get(column.get()) : "";
        }
        String last = row.get(list.column(ListFile.FILE).orElse(row.size() - 1));
        String folder = ListFile.folderOf(ListFile.path(last));
        return ImageFormat.named(last) && !folder.isEmpty() ? folder : last;
    }

    private static void put(Map<String, Split> splits, Path file, ListFile list, List<String> row) {
        int splitAt = list.column(ListFile.SPLIT)
                .filter(at -> row.size() == list.head().size())
                .orElseGet(() -> splitAtFront(row) ? 0 : row.size() - 1);
        String className = list.column(ListFile.CLASS)
                .filter(at -> row.size() == list.head().size())
                .map(row::get)
                .orElseGet(() -> splitAt == 0
                        ? String.join(", ", row.subList(Math.min(1, row.size()), row.size()))
                        : String.join(", ", row.subList(0, splitAt)));
        put(splits, file, className, split(file, className, row.get(splitAt)));
    }

    private static boolean splitAtFront(List<String> row) {
        return row.size() > 1
                && Split.named(row.get(0)).isPresent()
                && Split.named(row.get(row.size() - 1)).isEmpty();
    }

    static Split split(Path list, String className, String word) {
        return Split.named(word)
                .filter(split -> !className.isEmpty())
                .orElseThrow(() ->
                        new FewShotException(list + " must have lines CLASS,SPLIT with split train, val or test, got \""
                                + className + "," + word + "\""));
    }

    static void put(Map<String, Split> splits, Path list, String className, Split split) {
        if (className.isEmpty()) {
            throw new FewShotException(list + " must name a class in each line, got an empty name");
        }
        Split before = splits.put(className, split);
        if (before != null && before != split) {
            throw new FewShotException(list + " puts the class " + className
                    + " in a second split: training, validation and test must have different classes");
        }
    }
}
