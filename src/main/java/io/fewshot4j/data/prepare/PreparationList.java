package io.fewshot4j.data.prepare;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.miniimagenet.MiniImageNet;
import io.fewshot4j.data.split.ImageRows;
import io.fewshot4j.data.split.ListFile;
import io.fewshot4j.data.split.SplitLists;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Classes to prepare, the split of each, and the images to take of each.
 *
 * @param places by class: the images to take by their place, from 1, in the order of their numbers ({@code
 *     n01532829_10.JPEG} has number 10); empty for the first {@code count}
 * @param count images of a class where no places are given
 */
record PreparationList(Map<String, Split> splits, Map<String, List<Integer>> places, int count) {
    private static final Pattern LISTED = Pattern.compile("(n[0-9]{8})([0-9]{8})\\.(?i:jpe?g)");
    private static final Pattern NUMBERED = Pattern.compile("n[0-9]{8}_([0-9]{1,9})\\.(?i:jpe?g)");

    PreparationList {
        splits = Map.copyOf(splits);
        places = Map.copyOf(places);
    }

    /** Mini-ImageNet's classes, the first 600 images of each. */
    static PreparationList shipped() {
        return new PreparationList(MiniImageNet.split(), Map.of(), MiniImageNet.IMAGES_OF_A_CLASS);
    }

    /**
     * Reads train.csv, val.csv and test.csv of Ravi and Larochelle. Their {@code n0153282900000005.jpg} is no file of
     * ILSVRC: the last eight digits are the place of the image among those of its class.
     */
    static PreparationList read(Path folder) {
        Map<String, Split> splits = new TreeMap<>(SplitLists.read(folder));
        Map<String, List<Integer>> places = new TreeMap<>();
        for (Path list : SplitLists.lists(folder).values()) {
            for (ImageRows.Row row : ImageRows.read(ListFile.read(list))) {
                places.computeIfAbsent(row.label(), absent -> new ArrayList<>()).add(place(list, row));
            }
        }
        return new PreparationList(splits, places, 0);
    }

    private static int place(Path list, ImageRows.Row row) {
        Matcher listed = LISTED.matcher(row.name());
        if (!listed.matches() || !listed.group(1).equals(row.label()) || Integer.parseInt(listed.group(2)) < 1) {
            throw new FewShotException(list + " must name images by class and place from 1, such as " + row.label()
                    + "00000005.jpg, got " + row.file());
        }
        return Integer.parseInt(listed.group(2));
    }

    /** Number of images to take of all classes. */
    int images() {
        return places.isEmpty()
                ? splits.size() * count
                : places.values().stream().mapToInt(List::size).sum();
    }

    /** The names of the images to take of a class. */
    Set<String> choose(String className, List<String> names) {
        List<String> ordered = names.stream()
                .filter(name -> NUMBERED.matcher(name).matches())
                .sorted(Comparator.comparing(PreparationList::number))
                .toList();
        List<Integer> wanted = places.getOrDefault(
                className, IntStream.rangeClosed(1, count).boxed().toList());
        int last = wanted.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (last > ordered.size()) {
            throw new FewShotException("class " + className + " must have at least " + last + " images called "
                    + className + "_NUMBER.JPEG, got " + ordered.size() + ": get its images again");
        }
        Set<String> chosen = new HashSet<>();
        wanted.forEach(place -> chosen.add(ordered.get(place - 1)));
        return chosen;
    }

    private static int number(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Integer.parseInt(numbered.group(1)) : 0;
    }
}
