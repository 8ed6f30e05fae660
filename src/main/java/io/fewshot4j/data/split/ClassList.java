package io.fewshot4j.data.split;

import io.fewshot4j.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Division of a data set's classes into splits. As text, one line for a class, such as {@code train n01532829}, or
 * for an Omniglot alphabet's part in a split, such as {@code train Greek 1-20,24}; {@code #} begins a comment.
 */
public record ClassList(Map<String, Split> splits) {
    public ClassList {
        splits = Map.copyOf(splits);
    }

    public static ClassList resource(String name) {
        try (InputStream in = ClassList.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its resource " + name);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClassList parse(String text) {
        Map<String, Split> splits = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (!line.startsWith("#")) {
                String[] part = line.split(" ", 3);
                Split split = Split.valueOf(part[0].toUpperCase(Locale.ROOT));
                if (part.length == 2) {
                    add(splits, split, part[1]);
                } else {
                    addAll(splits, split, part[1], part[2]);
                }
            }
        }
        return new ClassList(splits);
    }

    private static void addAll(Map<String, Split> splits, Split split, String alphabet, String ranges) {
        for (String range : ranges.split(",", -1)) {
            String[] ends = range.split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int character = Integer.parseInt(ends[0]); character <= last; character++) {
                add(splits, split, String.format(Locale.ROOT, "%s/character%02d", alphabet, character));
            }
        }
    }

    private static void add(Map<String, Split> splits, Split split, String name) {
        if (splits.put(name, split) != null) {
            throw new IllegalStateException("class list names " + name + " twice");
        }
    }

    public ClassList withoutValidation() {
        Map<String, Split> merged = new TreeMap<>(splits);
        merged.replaceAll((name, split) -> split == Split.VALIDATION ? Split.TRAIN : split);
        return new ClassList(merged);
    }
}
