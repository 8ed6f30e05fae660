package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.catalog.SavedExperiment;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import java.nio.file.Path;

/**
 * A run as it was trained, at one checkpoint; closing it frees the model.
 *
 * @param checkpointName which checkpoint it is: {@code iteration 400, the best by validation}
 */
record OpenedRun(Path path, Experiment experiment, Checkpoint checkpoint, String checkpointName)
        implements AutoCloseable {
    static OpenedRun of(Path path, Checkpoint checkpoint) {
        Progress progress = checkpoint.manifest().progress();
        String which = progress.isBest() ? "the best by validation" : "the latest";
        return new OpenedRun(
                path,
                SavedExperiment.of(checkpoint, Extensions.NONE),
                checkpoint,
                "iteration " + progress.iteration() + ", " + which);
    }

    /** The trained model, this run's own. */
    Model model() {
        return checkpoint.model();
    }

    /** A new learner over the trained model; the caller closes it before the run. */
    Learner learner() {
        return experiment.learner(model());
    }

    @Override
    public void close() {
        checkpoint.close();
    }
}
