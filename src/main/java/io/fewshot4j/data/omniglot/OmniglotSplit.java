package io.fewshot4j.data.omniglot;

import io.fewshot4j.data.split.ClassList;

/** The ways in which the field divides Omniglot's 1623 characters. Each is a class list shipped with the library. */
public enum OmniglotSplit {
    /**
     * Lake et al. 2015: 964 characters of 30 alphabets to train, 659 of 20 others to test. No validation, as in the
     * paper; codes that validate on the evaluation set choose their model by test accuracy.
     */
    BACKGROUND_EVALUATION("background-evaluation", false),
    /** 1200 to train, 423 to test, no validation: {@link #RANDOM_1100} with its validation given to training. */
    RANDOM_1200("random", true),
    /** 1100 to train, 100 to validate, 423 to test, drawn once with a fixed seed. */
    RANDOM_1100("random", false),
    /** 1028 to train, 172 to validate, 423 to test: Vinyals et al. 2016, as used by prototypical networks. */
    VINYALS("vinyals", false);

    private final String list;
    private final boolean validationTrains;

    OmniglotSplit(String list, boolean validationTrains) {
        this.list = list;
        this.validationTrains = validationTrains;
    }

    ClassList classes() {
        ClassList classes = ClassList.resource("omniglot-" + list + ".txt");
        return validationTrains ? classes.withoutValidation() : classes;
    }
}
