package io.fewshot4j.data.glyphs;

import io.fewshot4j.options.Describe;

/** Settings of {@link Glyphs}. Another seed is another script. */
public record GlyphsSettings(
        @Describe("Characters to train on, at least 2") int trainClasses,
        @Describe("Characters to validate on, 0 for none") int validationClasses,
        @Describe("Characters to test on, at least 2") int testClasses,
        @Describe("Drawings of each character, 2 to 1000") int imagesPerClass,
        @Describe("Height and width in pixels, 8 to 256") int imageSize,

        @Describe("Unsteadiness of the writers, 0 (all drawings alike) to 3")
        double jitter,

        @Describe("Seed of the script") long glyphsSeed) {
    public GlyphsSettings {
        require("trainClasses", trainClasses, 2, 100_000);
        require("validationClasses", validationClasses, 0, 100_000);
        require("testClasses", testClasses, 2, 100_000);
        require("imagesPerClass", imagesPerClass, 2, 1000);
        require("imageSize", imageSize, 8, 256);
        if (!(jitter >= 0 && jitter <= 3)) {
            throw new IllegalArgumentException("jitter must be between 0 and 3, got " + jitter);
        }
    }

    /** 200, 50 and 50 characters, 20 drawings each, 28x28. */
    public static GlyphsSettings defaults() {
        return new GlyphsSettings(200, 50, 50, 20, 28, 1, 1);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", got " + value);
        }
    }
}
