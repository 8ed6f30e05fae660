package io.fewshot4j.checkpoint;

import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Small checkpoints whose arrays hold the iteration's number. */
final class Checkpoints {
    private Checkpoints() {}

    static Checkpoint of(Progress progress) {
        Model model = model(5, DataType.FLOAT);
        model.parameters().flat().assign(progress.iteration());
        model.statistics().flat().assign(-progress.iteration());
        Provenance provenance = new Provenance("0.1.0", Map.of("way", "5"), 7, "data", "cpu");
        return new Checkpoint(
                new Manifest(provenance, progress, Map.of()),
                model,
                Map.of("M", Nd4j.createFromArray(0.1f * progress.iteration())));
    }

    static Checkpoint of(long iteration) {
        Progress progress = new Progress(iteration, Progress.NONE.best(), 0);
        return of(progress);
    }

    static Model model(long way, DataType type) {
        return new Model(
                Parameters.zeros(
                        ParameterLayout.none().with("fc.weight", way, 3).with("scale"), type),
                Parameters.zeros(ParameterLayout.none().with("bn.mean", 2), type));
    }
}
