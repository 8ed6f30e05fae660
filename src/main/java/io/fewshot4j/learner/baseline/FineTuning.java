package io.fewshot4j.learner.baseline;

import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A copy of the model with a head of zeros, trained on the support set. */
final class FineTuning implements AutoCloseable {
    private final Model model;
    private final int way;
    private final int steps;
    private final DeepNetwork network;

    /** @param body what the head stands on: all of it is trained, with the values that the model has for it */
    FineTuning(Baseline.Settings settings, Blueprint body, int way, Model model) {
        this.model = model;
        this.way = way;
        this.steps = settings.testInnerSteps();
        Sgd rule = new Sgd(new InverseSchedule(
                ScheduleType.ITERATION, settings.fineTuneLearningRate(), settings.fineTuneDecay(), 1));
        this.network = new DeepNetwork(body.withHead(way), model.type(), rule);
    }

    /** Of the queries before the first step and after each. */
    Predictions predict(INDArray support, INDArray labels, INDArray queries, boolean batchStatistics) {
        network.clear();
        network.assign(model.parameters(), Blueprint::isBody);
        network.assign(model.statistics(), Blueprint::isBody);
        List<Scores> byStep = new ArrayList<>(List.of(scores(queries, batchStatistics)));
        for (int step = 0; step < steps; step++) {
            network.step(support, labels, step);
            byStep.add(scores(queries, batchStatistics));
        }
        return new Predictions(byStep);
    }

    private Scores scores(INDArray queries, boolean batchStatistics) {
        return new Scores(way, network.output(queries, batchStatistics));
    }

    @Override
    public void close() {
        network.close();
    }
}
