package io.fewshot4j.data;

import java.util.Map;
import java.util.Optional;

/** The three disjoint parts of a data set's classes. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    private static final Map<String, Split> NAMES =
            Map.of("train", TRAIN, "val", VALIDATION, "valid", VALIDATION, "validation", VALIDATION, "test", TEST);

    /** The split that folders and lists call so, if it is one. */
    public static Optional<Split> named(String word) {
        return Optional.ofNullable(NAMES.get(word));
    }
}
