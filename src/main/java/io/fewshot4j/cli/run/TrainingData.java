package io.fewshot4j.cli.run;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.data.store.PackedCache;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;

/**
 * Training data of a run.
 *
 * @param images empty for functions, which are drawn
 * @param fingerprint of the training data
 */
public record TrainingData(Optional<SplitDataset> images, String name, String fingerprint) {
    /** Loads the data of an experiment, with progress while images are decoded. */
    public static TrainingData load(Experiment experiment, Optional<Path> path, PackedCache cache, Console console) {
        if (experiment.learnsFunctions()) {
            return functions(experiment);
        }
        return of(DataFlags.load(experiment, path, cache, console));
    }

    public static TrainingData of(SplitDataset images) {
        return new TrainingData(
                Optional.of(images), images.name(), images.train().fingerprint());
    }

    /** Loads the data of an experiment from where the flags say. */
    public static TrainingData load(Experiment experiment, CommandLine flags, Console console) throws ParseException {
        if (experiment.learnsFunctions() && flags.hasOption("data")) {
            throw new ParseException("dataset " + experiment.datasetName() + " is drawn: leave out --data");
        }
        return load(experiment, Flags.path(flags, "data"), DataFlags.cache(flags), console);
    }

    /** Functions that are drawn. */
    public static TrainingData functions(Experiment experiment) {
        return new TrainingData(Optional.empty(), experiment.datasetName(), Sinusoids.FINGERPRINT);
    }
}
