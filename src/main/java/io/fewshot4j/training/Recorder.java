package io.fewshot4j.training;

import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.HistoryFile;
import io.fewshot4j.checkpoint.HistoryRow;
import io.fewshot4j.checkpoint.RunFolder;
import java.nio.file.Path;

/** Tells what happens in a run: to its folder and to the listener. */
record Recorder(RunFolder run, HistoryFile history, TrainingListener listener) {
    void tell(TrainingEvent event) {
        listener.on(event);
    }

    void append(HistoryRow row) {
        history.append(row);
    }

    /** The curve first, so that it is never behind a checkpoint. */
    void save(Checkpoint checkpoint) {
        history.sync();
        Path folder = run.checkpoints().save(checkpoint);
        listener.on(new TrainingEvent.Saved(checkpoint.manifest().progress().iteration(), folder));
    }

    /** In words for a message. */
    String lastCheckpoint() {
        return run.checkpoints().iterations().stream()
                .reduce((earlier, later) -> later)
                .map(iteration -> run.checkpoints().folder(iteration).toString())
                .orElse("none");
    }
}
