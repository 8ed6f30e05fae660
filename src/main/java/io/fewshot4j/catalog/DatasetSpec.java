package io.fewshot4j.catalog;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.store.PackedCache;
import java.nio.file.Path;

/**
 * A data set as the catalog knows it.
 *
 * @param <S> its settings: a record whose components are options
 * @param name one lower-case word
 * @param summary one line
 * @param needsPath whether it is read from {@code --data}
 */
record DatasetSpec<S extends Record>(
        String name, String summary, S defaults, boolean needsPath, Loader<S> loader, Decoder<S> decoder) {
    /** Reads or draws it. */
    @FunctionalInterface
    interface Loader<S> {
        SplitDataset load(Path path, S settings, PackedCache cache, DecodeProgress progress);
    }

    /** Decoder of a user's own images for a model trained on it. */
    @FunctionalInterface
    interface Decoder<S> {
        ImageDecoder of(S settings);
    }
}
