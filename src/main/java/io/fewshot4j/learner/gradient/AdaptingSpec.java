package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import org.nd4j.linalg.api.buffer.DataType;

/** What all of {@link GradientLearner} share: they differ by the parameters of their inner steps and by what they differentiate when. */
interface AdaptingSpec<S extends Record> extends LearnerSpec<S> {
    GradientNetwork network(S settings, TaskShape shape);

    /** What is differentiated after {@code iteration} meta-updates. */
    Stage stage(S settings, long iteration);

    @Override
    default Model initialise(S settings, TaskShape shape, long seed, DataType type) {
        return GradientLearner.initialise(network(settings, shape), seed, type);
    }

    @Override
    default Learner create(S settings, TaskShape shape, Model model) {
        return new GradientLearner(
                name(), network(settings, shape), shape, model, iteration -> stage(settings, iteration));
    }
}
