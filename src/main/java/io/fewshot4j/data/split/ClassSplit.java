package io.fewshot4j.data.split;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ClassSubset;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.SeededShuffle;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Divides a data set by class. */
public final class ClassSplit {
    private ClassSplit() {}

    /** Divides as a table says; a class that it does not name is in no part. */
    public static SplitDataset of(String name, ImageDataset all, Map<String, Split> splits) {
        List<ImageDataset> parts = Stream.of(Split.values())
                .<ImageDataset>map(split -> new ClassSubset(
                        all,
                        IntStream.range(0, all.classCount())
                                .filter(c -> splits.get(all.className(c)) == split)
                                .boxed()
                                .toList()))
                .toList();
        return new SplitDataset(name, parts.get(0), parts.get(1), parts.get(2));
    }

    /** Divides as a user's lists say. */
    public static SplitDataset listed(String name, ImageDataset all, Path lists) {
        Map<String, Split> splits = SplitLists.read(lists);
        List<String> unlisted = IntStream.range(0, all.classCount())
                .mapToObj(all::className)
                .filter(className -> !splits.containsKey(className))
                .toList();
        List<String> absent = new ArrayList<>(splits.keySet());
        IntStream.range(0, all.classCount()).mapToObj(all::className).forEach(absent::remove);
        if (!absent.isEmpty()) {
            throw new FewShotException("split-file " + lists + " names " + absent.size() + " classes that " + name
                    + " lacks, such as " + absent.get(0)
                    + (unlisted.isEmpty() ? "" : "; it has, among others, " + unlisted.get(0))
                    + ": names must be those of the class folders");
        }
        return of(name, all, splits);
    }

    /**
     * Classes for validation and test, drawn from a seed.
     *
     * @param validation a share below 1, or a number of classes
     * @param test a share below 1, or a number of classes
     */
    public record Shares(double validation, double test, long seed) {}

    /** Classes in a seeded order: the first are tested, the next validate, the rest train. */
    public static SplitDataset seeded(String name, ImageDataset all, Shares shares) {
        int classes = all.classCount();
        int test = amount(shares.test(), classes);
        int held = test + amount(shares.validation(), classes);
        if (held >= classes) {
            throw new FewShotException(name + " has " + classes + " classes, of which validation and test take " + held
                    + ": training must keep at least 1; lower validation-classes or test-classes");
        }
        List<String> shuffled = SeededShuffle.of(
                IntStream.range(0, classes).mapToObj(all::className).sorted().toList(), shares.seed());
        Map<String, Split> splits = new HashMap<>();
        for (int i = 0; i < classes; i++) {
            splits.put(shuffled.get(i), i < test ? Split.TEST : i < held ? Split.VALIDATION : Split.TRAIN);
        }
        SplitDataset divided = of(name, all, splits);
        return new SplitDataset(name, divided.train(), divided.validation(), divided.test(), true);
    }

    private static int amount(double shareOrCount, int classes) {
        return (int) Math.round(shareOrCount < 1 ? shareOrCount * classes : shareOrCount);
    }
}
