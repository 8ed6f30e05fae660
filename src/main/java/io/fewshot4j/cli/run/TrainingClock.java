package io.fewshot4j.cli.run;

import io.fewshot4j.FewShotException;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;

/**
 * The wall time of a run's training, all its parts together, in a file beside its checkpoints. It is written with each
 * checkpoint: what a crash undoes is not counted. Where a budget is used up, training is asked to stop.
 */
public final class TrainingClock implements TrainingListener {
    private final Path file;
    private final double budget;
    private final StopSignal stop;
    private final InstantSource clock;
    private final double before;
    private long start;
    private double seconds;

    /**
     * A clock that goes on where an earlier one of this run has stopped.
     *
     * @param budget in seconds, 0 for none
     */
    public TrainingClock(Path run, double budget, StopSignal stop, InstantSource clock) {
        this.file = run.resolve("training-seconds.txt");
        this.budget = budget;
        this.stop = stop;
        this.clock = clock;
        this.before = read(file);
        this.start = clock.millis();
        this.seconds = before;
    }

    /** Until the last event, all parts together. */
    public double seconds() {
        return seconds;
    }

    public boolean isUsedUp() {
        return budget > 0 && seconds >= budget;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started) {
            start = clock.millis();
        }
        seconds = before + (clock.millis() - start) / 1000.0;
        if (event instanceof TrainingEvent.Saved) {
            write();
        }
        if (isUsedUp()) {
            stop.request();
        }
    }

    private static double read(Path file) {
        try {
            return Files.exists(file)
                    ? Double.parseDouble(Files.readString(file).strip())
                    : 0;
        } catch (IOException | NumberFormatException e) {
            throw new FewShotException(
                    file + " must hold the seconds of training so far, but cannot be read (" + e.getMessage()
                            + "); delete it to count from 0",
                    e);
        }
    }

    private void write() {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, seconds + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot write " + file + ": " + e.getMessage() + "; free space or mend rights", e);
        }
    }
}
