package io.fewshot4j.training;

import io.fewshot4j.metrics.Interval;
import java.nio.file.Path;

/** An event of a training run; they come in order. */
public sealed interface TrainingEvent {
    /** The iteration it speaks of: how many meta-updates have been made. */
    long iteration();

    /** Training begins, or goes on, after {@code iteration} updates towards {@code iterations}. */
    record Started(long iteration, long iterations, int metaBatch) implements TrainingEvent {}

    /** One meta-update was made: means over the meta-batch, and the wall time of it. */
    record Updated(long iteration, double loss, double accuracy, double learningRate, double seconds)
            implements TrainingEvent {}

    /** The model was scored on validation episodes. */
    record Validated(long iteration, Interval accuracy, double loss, boolean best) implements TrainingEvent {}

    /** A checkpoint is safe in {@code folder}. */
    record Saved(long iteration, Path folder) implements TrainingEvent {}

    /** Training is over. */
    record Stopped(long iteration, Reason reason) implements TrainingEvent {}

    /** Why training ended. */
    enum Reason {
        FINISHED,
        NO_IMPROVEMENT,
        INTERRUPTED
    }
}
