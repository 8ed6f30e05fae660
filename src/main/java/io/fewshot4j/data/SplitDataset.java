package io.fewshot4j.data;

/** A data set whose classes are divided into training, validation and test. Validation may have no classes. */
public record SplitDataset(String name, ImageDataset train, ImageDataset validation, ImageDataset test) {
    /** The part asked for. */
    public ImageDataset of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
