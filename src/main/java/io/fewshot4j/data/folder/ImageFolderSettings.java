package io.fewshot4j.data.folder;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.split.ClassSplit;
import io.fewshot4j.options.Describe;

/** Decoding of a folder of images by class, and its division where its folders do not say. */
public record ImageFolderSettings(
        @Describe("height of an image in pixels, 1 to 1024") int imageHeight,
        @Describe("width of an image in pixels, 1 to 1024") int imageWidth,
        @Describe("1 (grey) or 3 (colour)") int imageChannels,

        @Describe("an image of another aspect: squash (keep all of it) or crop (keep the middle)")
        Fit fit,

        @Describe("whether light and dark change places") boolean invert,

        @Describe("classes for validation: a share below 1 or a number; read where there are no train and test folders")
        double validationClasses,

        @Describe("classes for the test: a share below 1 or a number; read where there are no train and test folders")
        double testClasses,

        @Describe("which classes they are: any whole number; the same classes on every machine")
        long splitSeed,

        @Describe(
                "which class is in which split: a file of lines CLASS,SPLIT (or JSON) or a folder with train.txt, val.txt"
                        + " and test.txt of class names; empty for what folders say, or the seed")
        String splitFile,

        @Describe("folders that name a class: 1 (CLASS/) or more (2: ALPHABET/CHARACTER/)")
        int classLevels,

        @Describe("classes with fewer images are left out; 0 keeps all")
        int skipSmallClasses) {
    public ImageFolderSettings {
        requireSize("image-height", imageHeight);
        requireSize("image-width", imageWidth);
        if (imageChannels != 1 && imageChannels != 3) {
            throw new IllegalArgumentException("image-channels must be 1 (grey) or 3 (colour), got " + imageChannels);
        }
        requireAmount("validation-classes", validationClasses);
        requireAmount("test-classes", testClasses);
        if (classLevels < 1 || classLevels > 8) {
            throw new IllegalArgumentException("class-levels must be 1 to 8, got " + classLevels);
        }
        if (skipSmallClasses < 0) {
            throw new IllegalArgumentException("skip-small-classes must be at least 0, got " + skipSmallClasses);
        }
    }

    private static void requireSize(String name, int size) {
        if (size < 1 || size > 1024) {
            throw new IllegalArgumentException(name + " must be 1 to 1024, got " + size);
        }
    }

    private static void requireAmount(String name, double amount) {
        if (!(amount >= 0) || (amount >= 1 && amount != Math.rint(amount))) {
            throw new IllegalArgumentException(
                    name + " must be a share from 0 to below 1, or a whole number of classes, got " + amount);
        }
    }

    /** 84x84 in colour, squashed; a fifth of the classes each for validation and test. */
    public static ImageFolderSettings defaults() {
        return new ImageFolderSettings(84, 84, 3, Fit.SQUASH, false, 0.2, 0.2, 1, "", 1, 0);
    }

    /** Division of classes where nothing else says it. */
    ClassSplit.Shares shares() {
        return new ClassSplit.Shares(validationClasses, testClasses, splitSeed);
    }

    /** Decoder of its images, and of a user's own. */
    public ImageDecoder decoder() {
        ImageShape shape = new ImageShape(imageHeight, imageWidth, imageChannels);
        return new ImageDecoder(shape, Resize.SMOOTH, fit, invert);
    }
}
