package io.fewshot4j.cli.console;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.store.PackedCache;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** The flags that say where data is read from and kept. */
public final class DataFlags {
    /** {@code --data}. */
    public static final Option DATA =
            Flags.value("data", "PATH", "the data: a folder or zip; not needed for data drawn from a seed");

    /** {@code --cache}. */
    public static final Option CACHE =
            Flags.value("cache", "FOLDER", "where decoded images are kept; default ~/.cache/fewshot4j");

    private DataFlags() {}

    /** The cache that {@code --cache} names, or the user's. */
    public static PackedCache cache(CommandLine flags) {
        return new PackedCache(cacheFolder(flags));
    }

    /** Folder of the cache. */
    public static Path cacheFolder(CommandLine flags) {
        return Flags.path(flags, "cache").orElseGet(PackedCache::userFolder);
    }

    /** An experiment's data, with progress while images are decoded. */
    public static SplitDataset load(Experiment experiment, CommandLine flags, Console console) {
        return load(experiment, Flags.path(flags, "data"), cache(flags), console);
    }

    /** An experiment's data from a path, where there is one. */
    public static SplitDataset load(Experiment experiment, Optional<Path> path, PackedCache cache, Console console) {
        try (DecodingLine progress = new DecodingLine(console)) {
            return experiment.load(path, cache, progress);
        }
    }
}
