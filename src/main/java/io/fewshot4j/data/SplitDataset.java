package io.fewshot4j.data;

/**
 * A data set whose classes are divided into training, validation and test. Validation may have no classes, and test.
 *
 * @param drawn whether classes were divided by a seed, so that other classes give another division
 */
public record SplitDataset(String name, ImageDataset train, ImageDataset validation, ImageDataset test, boolean drawn) {
    /** Divided by folders, lists or a publication. */
    public SplitDataset(String name, ImageDataset train, ImageDataset validation, ImageDataset test) {
        this(name, train, validation, test, false);
    }

    /** The part asked for. */
    public ImageDataset of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
