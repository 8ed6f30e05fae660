package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import org.nd4j.linalg.api.buffer.DataType;

/** What MAML and its variants share: they differ by their settings and by which parameters inner steps change. */
interface GradientSpec extends LearnerSpec<GradientSettings> {
    /** Whether inner steps change a parameter: all, but batch normalisation's only where the settings say so. */
    default boolean adapts(GradientSettings settings, String parameter) {
        return settings.adaptBatchNorm() || !parameter.startsWith("bn");
    }

    @Override
    default Model initialise(GradientSettings settings, TaskShape shape, long seed, DataType type) {
        return GradientLearner.initialise(network(settings, shape), seed, type);
    }

    @Override
    default Learner create(GradientSettings settings, TaskShape shape, Model model) {
        return new GradientLearner(name(), network(settings, shape), shape, model);
    }

    private GradientNetwork network(GradientSettings settings, TaskShape shape) {
        return new GradientNetwork(settings, shape, parameter -> adapts(settings, parameter));
    }
}
