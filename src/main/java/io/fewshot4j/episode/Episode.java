package io.fewshot4j.episode;

import java.util.List;

/**
 * One few-shot task: a support set to learn from and a query set to answer. Labels run from 0 to {@code way - 1};
 * {@code classNames} says which class each label stands for. Shots may differ between classes.
 */
public record Episode(List<String> classNames, LabelledImages support, LabelledImages query) {
    public Episode {
        classNames = List.copyOf(classNames);
    }

    /** The number of classes. */
    public int way() {
        return classNames.size();
    }
}
