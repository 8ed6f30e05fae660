package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.NetworkSettings;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Learners made of {@link GradientLearner}: they differ by the parameters of their inner steps and by what they
 * differentiate when.
 */
interface AdaptingSpec<S extends Record> extends LearnerSpec<S> {
    GradientNetwork network(S settings, TaskShape shape);

    /** Loss and order that are differentiated after {@code iteration} meta-updates. */
    Stage stage(S settings, long iteration);

    /** The network of MAML's Omniglot experiments (Finn et al. 2017). */
    @Override
    default Optional<NetworkSettings> network() {
        return Optional.of(new Conv4Settings(
                64, Conv4.Downsampling.STRIDE, Conv4.Head.MEAN, ConvGeometry.Padding.TENSORFLOW, false, 1e-3));
    }

    @Override
    default boolean fitsFunctions() {
        return true;
    }

    @Override
    default Set<String> testSettings() {
        return Set.of("test-inner-steps");
    }

    @Override
    default Model initialise(S settings, TaskShape shape, long seed, DataType type) {
        return network(settings, shape).initialise(seed, type);
    }

    @Override
    default Learner create(S settings, TaskShape shape, Model model) {
        return new GradientLearner(name(), network(settings, shape), model, iteration -> stage(settings, iteration));
    }
}
