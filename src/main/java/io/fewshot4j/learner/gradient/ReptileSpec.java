package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Parameters;
import org.nd4j.linalg.api.buffer.DataType;

/** What Reptile and FOML share: they differ by their settings. */
interface ReptileSpec extends LearnerSpec<ReptileSettings> {
    /** The second moment of inner Adam, which tasks hand on, is among the model's statistics. */
    @Override
    default Model initialise(ReptileSettings settings, TaskShape shape, long seed, DataType type) {
        GradientNetwork network = settings.network(shape);
        Parameters parameters = GradientLearner.initialise(network, seed, type).parameters();
        return new Model(parameters, Parameters.zeros(InnerState.statisticsLayout(settings, network.layout()), type));
    }

    @Override
    default Learner create(ReptileSettings settings, TaskShape shape, Model model) {
        return new ReptileLearner(name(), settings, shape, model);
    }
}
