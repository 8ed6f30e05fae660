package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.split.KnownClasses;
import java.nio.file.Path;
import java.util.Map;

/** A run folder to hand on: one model with its settings and classes, without curve and optimiser state. */
public final class PackedModel {
    private PackedModel() {}

    /**
     * Writes a model that can be tested and classified with, but not trained on.
     *
     * @param folder absent or empty
     * @param known the classes of its training
     * @throws FewShotException if the folder holds something, or cannot be written
     */
    public static void write(Path folder, Checkpoint checkpoint, KnownClasses known) {
        RunFolder run = RunFolder.create(folder);
        try (HeldRun held = run.holdNew()) {
            held.keepClasses(known);
        }
        Map<String, String> classes =
                Map.of(RunFolder.CLASSES, run.classesSha256().orElseThrow());
        Manifest manifest = new Manifest(
                checkpoint.manifest().provenance(), checkpoint.manifest().progress(), classes);
        run.checkpoints().save(new Checkpoint(manifest, checkpoint.model(), Map.of()));
    }
}
