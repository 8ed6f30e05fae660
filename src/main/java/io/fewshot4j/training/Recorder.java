package io.fewshot4j.training;

import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.HistoryFile;
import io.fewshot4j.checkpoint.HistoryRow;
import java.nio.file.Path;
import java.util.Map;

/** Tells what happens in a run: to its folder and to the listener. */
record Recorder(HeldRun run, HistoryFile history, TrainingListener listener) {
    void tell(TrainingEvent event) {
        listener.on(event);
    }

    void append(HistoryRow row) {
        history.append(row);
    }

    /** Checksums of the run's files as they are now. */
    Map<String, String> sha256() {
        return run.sha256(history);
    }

    /** The curve first, so that it is never behind a checkpoint. */
    void save(Checkpoint checkpoint) {
        history.sync();
        Path folder = run.folder().checkpoints().save(checkpoint);
        listener.on(new TrainingEvent.Saved(checkpoint.manifest().progress().iteration(), folder));
    }

    /** The last checkpoint in words, for a message. */
    String lastCheckpoint() {
        return run.folder().checkpoints().iterations().stream()
                .reduce((earlier, later) -> later)
                .map(iteration -> run.folder().checkpoints().folder(iteration).toString())
                .orElse("none");
    }
}
