package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.run.TrainingClock;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.cli.run.TrainingRun;
import io.fewshot4j.report.table.TrialRow;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One trial of a sweep in its run's folder. It is planned to the last iteration and stopped at a rung, so that it can
 * go on exactly.
 */
record SweepTrial(Experiment experiment, TrainingData data, Path folder) {
    /**
     * Trains on to a rung.
     *
     * @param user asks to stop before it
     * @return the trial's new row, with what went wrong if anything did; nothing where the user stopped it
     */
    Optional<TrialRow> train(TrialRow row, long rung, StopSignal user, Console console) {
        RunFolder run = new RunFolder(folder);
        StopSignal stop = new StopSignal();
        try {
            boolean begun = !run.checkpoints().iterations().isEmpty();
            TrainingRun training = new TrainingRun(
                    experiment, data, begun ? RunFolder.open(folder) : RunFolder.create(folder), !begun);
            TrainingClock clock = new TrainingClock(folder, 0, stop, InstantSource.system());
            TrainingRun.Outcome outcome = training.train(console, stop, event -> {
                clock.on(event);
                if (event.iteration() >= rung || user.requested()) {
                    stop.request();
                }
            });
            boolean interrupted = outcome.stopped().reason() == TrainingEvent.Reason.INTERRUPTED
                    && outcome.stopped().iteration() < rung;
            return interrupted ? Optional.empty() : Optional.of(row.reached(rung(rung, outcome), clock.seconds()));
        } catch (RuntimeException | OutOfMemoryError e) {
            Faults.tell(e, console.err(), Faults.traces());
            return Optional.of(row.failed(Faults.line(e), row.seconds()));
        }
    }

    private static TrialRow.Rung rung(long iteration, TrainingRun.Outcome outcome) {
        TrainingEvent.Validated best = outcome.history().best().orElseThrow();
        return new TrialRow.Rung(
                iteration, best.accuracy().mean(), best.accuracy().halfWidth(), best.iteration());
    }
}
