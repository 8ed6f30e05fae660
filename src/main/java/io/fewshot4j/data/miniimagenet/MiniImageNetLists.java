package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.miniimagenet.MiniImageNet.Listed;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.split.ImageRows;
import io.fewshot4j.data.split.ListFile;
import io.fewshot4j.data.split.SplitLists;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mini-ImageNet as Ravi and Larochelle list it: train.csv, val.csv and test.csv with lines {@code filename,label}.
 * Validation may lack a list.
 */
final class MiniImageNetLists {
    private final Path path;
    private final Map<String, ImageFile> images;
    private final Set<String> ambiguous = new HashSet<>();
    private final List<Labelled> labelled = new ArrayList<>();
    private final Map<String, Split> splits = new HashMap<>();
    private final Map<String, String> listOfImage = new HashMap<>();
    private final List<String> missing = new ArrayList<>();

    private MiniImageNetLists(Path path, ImageSource source) {
        this.path = path;
        this.images = byEndOfPath(source.files());
    }

    static boolean areIn(ImageSource source) {
        Map<Split, ImageFile> lists = lists(source);
        return lists.containsKey(Split.TRAIN) && lists.containsKey(Split.TEST);
    }

    private static Map<Split, ImageFile> lists(ImageSource source) {
        Map<Split, ImageFile> lists = new EnumMap<>(Split.class);
        for (ImageFile file : source.others()) {
            if (file.name().endsWith(".csv")) {
                SplitLists.splitOf(file.name()).ifPresent(split -> lists.putIfAbsent(split, file));
            }
        }
        return lists;
    }

    static Listed list(Path path, ImageSource source) {
        MiniImageNetLists lists = new MiniImageNetLists(path, source);
        lists(source).forEach(lists::add);
        lists.requireAll();
        return new Listed(lists.labelled, lists.splits);
    }

    /** Files by the name, the name in its folder, and so on up to the whole path. */
    private Map<String, ImageFile> byEndOfPath(List<ImageFile> files) {
        Map<String, ImageFile> found = new HashMap<>();
        for (ImageFile file : files) {
            String end = file.path();
            while (true) {
                if (found.put(end, file) != null) {
                    ambiguous.add(end);
                }
                if (end.indexOf('/') < 0) {
                    break;
                }
                end = end.substring(end.indexOf('/') + 1);
            }
        }
        files.forEach(file -> found.put(file.path(), file));
        files.forEach(file -> ambiguous.remove(file.path()));
        return found;
    }

    private void add(Split split, ImageFile list) {
        for (ImageRows.Row row : ImageRows.read(ListFile.of(list.where(), list.read()))) {
            requireOneSplit(list.where(), row.label(), split);
            ImageFile image = images.get(row.file());
            if (ambiguous.contains(row.file())) {
                throw new FewShotException(
                        list.where() + " names " + row.file() + ", which several folders have, such as "
                                + images.getOrDefault(row.file(), list).folder() + ": name it with its folder");
            }
            if (image == null) {
                missing.add(row.file());
            } else {
                requireOnce(list, image);
                labelled.add(new Labelled(row.label(), row.name(), image));
            }
        }
    }

    private void requireOneSplit(String list, String label, Split split) {
        Split before = splits.put(label, split);
        if (before != null && before != split) {
            throw new FewShotException(list + " puts the class " + label
                    + " in a second split: training, validation and test must have different classes");
        }
    }

    private void requireOnce(ImageFile list, ImageFile image) {
        String before = listOfImage.put(image.path(), list.where());
        if (before != null) {
            throw new FewShotException(list.where() + " names " + image.path() + ", which is listed already, in "
                    + before + ": an image must be in one class, once");
        }
    }

    private void requireAll() {
        if (!missing.isEmpty()) {
            throw new FewShotException(
                    path + " lacks " + missing.size() + " of the " + (missing.size() + labelled.size())
                            + " images that its lists name, such as " + missing.get(0)
                            + ": add them, or take them off the lists");
        }
    }
}
