package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.miniimagenet.MiniImageNet.Listed;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mini-ImageNet as Ravi and Larochelle list it: train.csv, val.csv and test.csv with lines {@code filename,label}. */
public final class MiniImageNetLists {
    private static final List<String> NAMES = List.of("train.csv", "val.csv", "test.csv");

    private MiniImageNetLists() {}

    static boolean areIn(ImageSource source) {
        return NAMES.stream().allMatch(name -> find(source, name).isPresent());
    }

    private static Optional<ImageFile> find(ImageSource source, String name) {
        return source.others().stream().filter(file -> file.name().equals(name)).findFirst();
    }

    static Listed list(Path path, ImageSource source) {
        Map<String, ImageFile> images = new HashMap<>();
        for (ImageFile file : source.files()) {
            ImageFile other = images.put(file.name(), file);
            if (other != null) {
                throw new FewShotException(file.where() + " and " + other.path()
                        + " have one name: lists name files without their folders; remove one");
            }
        }
        List<Labelled> labelled = new ArrayList<>();
        Map<String, Split> splits = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String name : NAMES) {
            ImageFile list = find(source, name).orElseThrow();
            Split split = Split.named(name.replace(".csv", "")).orElseThrow();
            for (Row row : rows(list.where(), list.read())) {
                requireOneSplit(list.where(), splits, row.label(), split);
                ImageFile image = images.get(row.file());
                if (image == null) {
                    missing.add(row.file());
                } else {
                    labelled.add(new Labelled(row.label(), row.file(), image));
                }
            }
        }
        requireAll(path, missing, labelled.size());
        return new Listed(labelled, splits);
    }

    private static void requireOneSplit(String list, Map<String, Split> splits, String label, Split split) {
        Split before = splits.put(label, split);
        if (before != null && before != split) {
            throw new FewShotException(list + " puts the class " + label
                    + " in a second split: training, validation and test must have different classes");
        }
    }

    private static void requireAll(Path path, List<String> missing, int there) {
        if (!missing.isEmpty()) {
            throw new FewShotException(path + " lacks " + missing.size() + " of the " + (missing.size() + there)
                    + " images that its lists name, such as " + missing.get(0)
                    + ": add them, or take them off the lists");
        }
    }

    /** A line: an image file's name without folders, and its class. */
    public record Row(String file, String label) {}

    /** The lines of one list, without its head. */
    public static List<Row> rows(String where, byte[] csv) {
        List<Row> rows = new ArrayList<>();
        for (String line : new String(csv, StandardCharsets.UTF_8).lines().toList()) {
            String[] cells = line.strip().split(",", -1);
            boolean head = cells[0].equals("filename");
            if (!head && !line.isBlank()) {
                if (cells.length != 2 || cells[0].isBlank() || cells[1].isBlank()) {
                    throw new FewShotException(where + " must have lines \"filename,label\", got \"" + line + "\"");
                }
                String file = cells[0].strip();
                rows.add(new Row(file.substring(file.lastIndexOf('/') + 1), cells[1].strip()));
            }
        }
        return rows;
    }
}
