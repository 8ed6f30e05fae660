package io.fewshot4j.catalog;

import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.learner.Model;
import io.fewshot4j.nn.Headed;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** Experiments of checkpoints. */
public final class SavedExperiment {
    private static final int MOST_CLASSES = 1 << 20;

    private SavedExperiment() {}

    /**
     * The experiment of a checkpoint, whose arrays are those that its settings ask for: native code trusts their sizes.
     *
     * @throws io.fewshot4j.FewShotException if names, shapes or types differ; the checkpoint is closed then
     */
    public static Experiment of(Checkpoint checkpoint, Extensions own) {
        try {
            Experiment experiment = Experiment.of(
                    SavedSettings.of(checkpoint.manifest().provenance().settings()), own);
            try (Model expected =
                    experiment.trainedOn(classes(checkpoint.model())).initialise(DataType.FLOAT)) {
                checkpoint.requireFit(expected);
            }
            return experiment;
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    /** Stand-ins for the training classes: as many as the head of the model has outputs, where it has a head. */
    private static List<String> classes(Model model) {
        long outputs = model.parameters().layout().entries().stream()
                .filter(entry ->
                        entry.name().equals(Headed.WEIGHT) && entry.shape().size() == 2)
                .mapToLong(entry -> entry.shape().get(1))
                .findFirst()
                .orElse(2);
        return IntStream.range(0, (int) Math.max(2, Math.min(outputs, MOST_CLASSES)))
                .mapToObj(Integer::toString)
                .toList();
    }
}
