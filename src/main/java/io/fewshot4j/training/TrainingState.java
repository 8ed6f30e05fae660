package io.fewshot4j.training;

import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.Manifest;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** State that an update changes: model, optimiser and progress. */
final class TrainingState {
    private final Provenance provenance;
    private final Model model;
    private final MetaOptimizer optimizer;
    private Progress progress;

    TrainingState(Provenance provenance, Model model, MetaOptimizer optimizer, Progress progress) {
        this.provenance = provenance;
        this.model = model;
        this.optimizer = optimizer;
        this.progress = progress;
    }

    Progress progress() {
        return progress;
    }

    void validated(double accuracy) {
        progress = progress.validated(accuracy);
    }

    /** The learning rate of the next update. */
    double learningRate() {
        return optimizer.learningRate(progress.iteration());
    }

    /**
     * Makes one update, on the device alone.
     *
     * @param momentum the share of the statistics seen in the running ones
     */
    void update(MetaGradient mean, double momentum) {
        optimizer.step(model.parameters(), mean.gradient(), progress.iteration());
        model.statistics()
                .flat()
                .muli(1 - momentum)
                .addi(mean.statistics().flat().muli(momentum));
        progress = progress.advanced();
    }

    /**
     * Whether every number of the model and of the optimiser is finite: copies them to the heap where their sums are
     * not.
     */
    boolean isFinite() {
        return Stream.concat(
                        Stream.of(model.parameters().flat(), model.statistics().flat()),
                        optimizer.state().values().stream())
                .allMatch(TrainingState::isFinite);
    }

    private static boolean isFinite(INDArray array) {
        if (array.isEmpty() || !array.isR()) {
            return true;
        }
        try (INDArray sum = array.sum()) {
            return Double.isFinite(Transfer.read(sum)[0])
                    || Arrays.stream(Transfer.read(array)).allMatch(Double::isFinite);
        }
    }

    /**
     * This state, in arrays that stay its own.
     *
     * @param runSha256 see {@link Manifest}
     */
    Checkpoint checkpoint(Map<String, String> runSha256) {
        return new Checkpoint(new Manifest(provenance, progress, runSha256), model, optimizer.state());
    }
}
