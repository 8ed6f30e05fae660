package io.fewshot4j.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The three disjoint parts of a data set's classes. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    private static final Map<Split, List<String>> NAMES = Map.of(
            TRAIN, List.of("train", "training", "base"),
            VALIDATION, List.of("val", "valid", "validation"),
            TEST, List.of("test", "testing", "novel", "evaluation"));

    /** The split that folders and lists call so, whatever the case and with or without "meta-", if it is one. */
    public static Optional<Split> named(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceFirst("^meta[-_]?", "");
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(plain))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
