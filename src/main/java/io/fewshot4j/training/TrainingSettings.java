package io.fewshot4j.training;

import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.options.Describe;

/** The training loop: length, meta-batches, validation, checkpoints. */
public record TrainingSettings(
        @Describe("meta-updates; 0 for a run of the first model, untrained")
        long iterations,

        @Describe("tasks of a meta-update, at least 1") int metaBatch,

        @Describe(
                "tasks that one graph computes at a time, a divisor of meta-batch; 0 for 1 on the processor and for as many as"
                        + " fit on a GPU")
        int tasksPerGraph,

        @Describe("worker threads; 0 for one per core. The result is the same for any number")
        int threads,

        @Describe("seed of the parameters and the training episodes")
        long seed,

        @Describe("share of a batch's statistics in the running ones, from 0 to 1")
        double statisticsMomentum,

        @Describe("iterations between validations, of which one more follows the last iteration; 0 for none")
        int validateEvery,

        @Describe("episodes of a validation, at least 1") int validationEpisodes,
        @Describe("batch statistics of validation") BatchStatistics validationStatistics,

        @Describe("validations without a better accuracy before training stops; 0 for never")
        int patience,

        @Describe("iterations between checkpoints, at least 1")
        int checkpointEvery,

        @Describe("meta-batches drawn ahead, at least 1") int prefetch) {
    public TrainingSettings {
        requireAtLeast(0, "iterations", iterations);
        requireAtLeast(1, "meta-batch", metaBatch);
        requireAtLeast(0, "tasks-per-graph", tasksPerGraph);
        if (tasksPerGraph > 0 && metaBatch % tasksPerGraph != 0) {
            throw new IllegalArgumentException(
                    "meta-batch must be a multiple of tasks-per-graph " + tasksPerGraph + ", got " + metaBatch);
        }
        requireAtLeast(0, "threads", threads);
        if (statisticsMomentum < 0 || statisticsMomentum > 1) {
            throw new IllegalArgumentException("statistics-momentum must be from 0 to 1, got " + statisticsMomentum);
        }
        requireAtLeast(0, "validate-every", validateEvery);
        requireAtLeast(1, "validation-episodes", validationEpisodes);
        requireAtLeast(0, "patience", patience);
        requireAtLeast(1, "checkpoint-every", checkpointEvery);
        requireAtLeast(1, "prefetch", prefetch);
    }

    /** {@link #tasksPerGraph}; 1 where that is open. */
    public int groupSize() {
        return Math.max(1, tasksPerGraph);
    }

    private static void requireAtLeast(long least, String key, long value) {
        if (value < least) {
            throw new IllegalArgumentException(key + " must be at least " + least + ", got " + value);
        }
    }

    /** Schedule of the MAML paper on Omniglot, 5-way, with validation. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(60_000, 32, 0, 0, 1, 0.1, 500, 100, BatchStatistics.BATCH, 0, 500, 4);
    }
}
