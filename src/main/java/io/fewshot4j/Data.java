package io.fewshot4j;

import io.fewshot4j.options.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A data set and where it lies: {@code Data.images(Path.of("my-images"))}. Nothing is read before it is needed.
 *
 * @see <a href="https://github.com/fewshot4j/fewshot4j/blob/main/docs/data.md">docs/data.md</a> on layouts and split
 *     lists
 */
public final class Data {
    private final Optional<Path> path;
    private final Settings settings;

    private Data(Optional<Path> path, Settings settings) {
        this.path = path;
        this.settings = settings;
    }

    private static Data of(String dataset, Optional<Path> path) {
        return new Data(path, Settings.of(Map.of("dataset", dataset)));
    }

    /** Omniglot, a folder with its two archives. */
    public static Data omniglot(Path folder) {
        return of("omniglot", Optional.of(folder));
    }

    /** Mini-ImageNet as lists and images, class folders or pickles. */
    public static Data miniImageNet(Path folder) {
        return of("mini-imagenet", Optional.of(folder));
    }

    /** Your own images: a folder or zip with a folder for each class. */
    public static Data images(Path folder) {
        return of("images", Optional.of(folder));
    }

    /** Characters that are drawn from a seed; needs no files. */
    public static Data glyphs() {
        return of("glyphs", Optional.empty());
    }

    /** Sine waves, to learn functions from; needs no files. */
    public static Data sinusoids() {
        return of("sinusoid", Optional.empty());
    }

    /** This data set with a setting in its place, such as {@code with("image-height", 32)}. */
    public Data with(String key, Object value) {
        Map<String, String> one = new LinkedHashMap<>();
        one.put(key, String.valueOf(value));
        return new Data(path, settings.with(Settings.of(one)));
    }

    Optional<Path> path() {
        return path;
    }

    Settings settings() {
        return settings;
    }
}
