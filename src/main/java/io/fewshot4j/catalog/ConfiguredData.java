package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.options.Settings;
import java.util.Optional;

/** Source of tasks with its settings bound: a data set of images, or functions that are drawn. */
record ConfiguredData(Optional<ConfiguredDataset<?>> dataset, Optional<SinusoidSettings> sinusoids) {
    /** Name of the functions. */
    static final String SINUSOID = "sinusoid";

    static ConfiguredData of(Settings settings) {
        String name = settings.get("dataset").orElse("omniglot");
        return name.equals(SINUSOID)
                ? new ConfiguredData(Optional.empty(), Optional.of(settings.bind(SinusoidSettings.defaults())))
                : new ConfiguredData(
                        Optional.of(ConfiguredDataset.of(Catalog.dataset(name), settings)), Optional.empty());
    }

    boolean learnsFunctions() {
        return sinusoids.isPresent();
    }

    String name() {
        return dataset.map(images -> images.spec().name()).orElse(SINUSOID);
    }

    Record settings() {
        return dataset.map(images -> (Record) images.settings()).orElseGet(this::functions);
    }

    boolean needsPath() {
        return dataset.map(images -> images.spec().needsPath()).orElse(false);
    }

    /**
     * The data set of images.
     *
     * @throws FewShotException if it has none
     */
    ConfiguredDataset<?> images() {
        return dataset.orElseThrow(() -> new FewShotException("dataset must have images here, got " + name()
                + ", whose functions are for train, evaluate, reproduce and sinusoid alone"));
    }

    SinusoidSettings functions() {
        return sinusoids.orElseThrow(() -> new IllegalStateException("images are no functions"));
    }

    ImageShape shape() {
        return sinusoids
                .map(SinusoidSettings::shape)
                .orElseGet(() -> images().decoder().shape());
    }

    Objective objective() {
        return sinusoids.map(SinusoidSettings::objective).orElseGet(Objective.CrossEntropy::new);
    }
}
