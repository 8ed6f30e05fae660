package io.fewshot4j.learner.metric;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.tensor.Parameters;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/** Metric learners: they differ by their {@link Metric}. */
public interface MetricSpec<S extends Record> extends LearnerSpec<S> {
    /** The learner's own part, over a network. */
    Metric metric(S settings, TaskShape shape);

    @Override
    default boolean takesAnyWay() {
        return true;
    }

    @Override
    default Model initialise(S settings, TaskShape shape, long seed, DataType type) {
        Metric metric = metric(settings, shape);
        Parameters parameters = Parameters.zeros(metric.layout(), type);
        Parameters statistics = Parameters.zeros(metric.statisticsLayout(), type);
        metric.initialise(parameters, new Random(seed));
        Initialisation.ones(statistics, metric.statisticsLayout());
        return new Model(parameters, statistics);
    }

    @Override
    default Learner create(S settings, TaskShape shape, Model model) {
        return new MetricLearner(name(), metric(settings, shape), shape, model);
    }
}
