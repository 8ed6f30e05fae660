package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.options.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** A data set with its settings bound. */
record ConfiguredDataset<S extends Record>(DatasetSpec<S> spec, S settings) {
    static <S extends Record> ConfiguredDataset<S> of(DatasetSpec<S> spec, Settings settings) {
        return new ConfiguredDataset<>(spec, settings.bind(spec.defaults()));
    }

    SplitDataset load(Optional<Path> path, PackedCache cache, DecodeProgress progress) {
        if (spec.needsPath() && path.isEmpty()) {
            throw new FewShotException(
                    "data set " + spec.name() + " is read from files, but --data names none; add --data PATH");
        }
        return spec.loader().load(path.orElse(Path.of("")), settings, cache, progress);
    }

    ImageDecoder decoder() {
        return spec.decoder().of(settings);
    }
}
