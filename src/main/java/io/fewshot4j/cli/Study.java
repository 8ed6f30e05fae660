package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.History;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** How a {@link Reproduction} trains and tests: one way for images, one for functions. */
interface Study {
    /** What it learns from; functions are drawn and have no images. */
    record Data(Optional<SplitDataset> images, String name, String fingerprint) {
        static Data of(SplitDataset images) {
            return new Data(Optional.of(images), images.name(), images.train().fingerprint());
        }
    }

    /** Who watches a training, and who ends it. */
    record Session(Console console, StopSignal stop, TrainingListener clock) {}

    /** How training ended, and the whole curve. */
    record Trained(TrainingEvent.Stopped stopped, History history) {}

    /** What a report says of where it comes from. */
    record Origin(String command, Instant start) {}

    /**
     * The one test.
     *
     * @param iteration after which the tested model was saved
     * @param remark what is to be known of its choice; may be empty
     */
    record Tested(ResultRow.Test test, long iteration, String remark) {}

    /** Binds settings; keys that are not given keep their defaults. */
    static Study of(Settings settings) {
        Experiment experiment = Experiment.of(settings);
        return experiment.learnsFunctions() ? new SinusoidStudy(experiment) : new ImageStudy(experiment);
    }

    /** Every setting in force. */
    Settings settings();

    /** The name of the data set whose place must be given. */
    Optional<String> neededData();

    Data load(Optional<Path> path, PackedCache cache, Console console);

    /** Trains under {@code settings}, from the beginning or from where the run has got to. */
    Trained train(Settings settings, Data data, RunFolder run, Session session);

    /** A run's curve, as far as it is drawn in the table's page. */
    History curve(RunFolder run);

    /** Tests the model that training chose, and writes a report into the run's folder. */
    Tested test(Path folder, Data data, Origin origin, Console console);
}
