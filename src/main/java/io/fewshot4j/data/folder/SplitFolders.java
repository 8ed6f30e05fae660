package io.fewshot4j.data.folder;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Splits of class folders, as the folders around them say. */
final class SplitFolders {
    private SplitFolders() {}

    /**
     * The split of each class folder; empty where folders do not say any.
     *
     * @throws FewShotException if some folders are in a split and others not, or look like splits and are none
     */
    static Map<String, Split> of(Path root, TreeSet<String> folders) {
        int wrapped = wrapping(folders).length();
        Map<String, Split> splits = new TreeMap<>();
        TreeSet<String> others = new TreeSet<>();
        for (String folder : folders) {
            String around = first(folder.substring(wrapped));
            Split.named(around).ifPresentOrElse(split -> splits.put(folder, split), () -> others.add(around));
        }
        if (splits.isEmpty()) {
            requireNoneLikeSplits(root, others);
        } else if (!others.isEmpty()) {
            String folder = folders.stream()
                    .filter(f -> !splits.containsKey(f))
                    .findFirst()
                    .orElseThrow();
            throw new FewShotException("the class " + folder + " in " + root
                    + " is in no split: beside train, val and test there may be no other folders; move or remove it,"
                    + " or say which class is in which split with split-file");
        }
        boolean trainingAlone = EnumSet.of(Split.TRAIN).containsAll(splits.values());
        return trainingAlone ? Map.of() : splits;
    }

    private static String first(String folder) {
        return folder.substring(0, Math.max(0, folder.indexOf('/')));
    }

    /** The folders around all others, such as {@code data/}, that say nothing. */
    private static String wrapping(TreeSet<String> folders) {
        String first = folders.first();
        int end = 0;
        int next = first.indexOf('/');
        while (next >= 0) {
            String around = first.substring(0, next + 1);
            boolean split = Split.named(first.substring(end, next)).isPresent();
            if (split || !folders.last().startsWith(around)) {
                break;
            }
            end = next + 1;
            next = first.indexOf('/', end);
        }
        return first.substring(0, end);
    }

    /** One word that sounds like a split may be any word; two are meant so. */
    private static void requireNoneLikeSplits(Path root, Set<String> around) {
        Set<Split> meant = new HashSet<>();
        TreeSet<String> words = new TreeSet<>();
        for (String word : around) {
            like(word).ifPresent(split -> {
                meant.add(split);
                words.add(word);
            });
        }
        if (meant.size() > 1) {
            throw new FewShotException("the folders " + String.join(", ", words) + " in " + root
                    + " look like splits: call them train, val and test, or say which class is in which split with"
                    + " split-file");
        }
    }

    private static Optional<Split> like(String folder) {
        String word = folder.toLowerCase(Locale.ROOT);
        if (word.contains("train") || word.contains("base")) {
            return Optional.of(Split.TRAIN);
        }
        if (Stream.of("test", "novel", "eval").anyMatch(word::contains)) {
            return Optional.of(Split.TEST);
        }
        return word.startsWith("val") || word.contains("valid") || word.equals("dev")
                ? Optional.of(Split.VALIDATION)
                : Optional.empty();
    }
}
