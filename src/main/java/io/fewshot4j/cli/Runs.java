package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.CheckpointStore;
import io.fewshot4j.checkpoint.RunFolder;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what {@code train} has made. */
final class Runs {
    private Runs() {}

    /**
     * A run at a checkpoint; the caller closes it.
     *
     * @throws FewShotException if the folder is no run, has no checkpoint, or the checkpoint is damaged
     */
    static OpenedRun open(Path path, CheckpointChoice choice) {
        CheckpointStore store = RunFolder.open(path).checkpoints();
        Optional<Checkpoint> best = choice == CheckpointChoice.BEST ? store.best() : Optional.empty();
        return best.or(store::latest)
                .map(checkpoint -> OpenedRun.of(path, checkpoint))
                .orElseThrow(() -> new FewShotException("run " + path
                        + " must have a checkpoint, but was ended before its first; train it again with --out "
                        + path));
    }
}
