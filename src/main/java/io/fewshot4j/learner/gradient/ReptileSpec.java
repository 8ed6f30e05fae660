package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.ReptileNetwork.Combination;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.NetworkSettings;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/** Reptile and FOML: they differ by the inner updates that count. */
interface ReptileSpec extends LearnerSpec<ReptileSettings> {
    Combination combination();

    /** The paper's network for Omniglot. */
    @Override
    default Optional<NetworkSettings> network() {
        return Optional.of(new Conv4Settings(
                64, Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TENSORFLOW, true, 1e-3));
    }

    @Override
    default boolean fitsFunctions() {
        return true;
    }

    @Override
    default Set<String> testSettings() {
        return Set.of("test-inner-steps", "test-inner-batch");
    }

    @Override
    default Model initialise(ReptileSettings settings, TaskShape shape, long seed, DataType type) {
        return new ReptileNetwork(settings, combination(), shape).initialise(seed, type);
    }

    @Override
    default Learner create(ReptileSettings settings, TaskShape shape, Model model) {
        return new ReptileLearner(name(), new ReptileNetwork(settings, combination(), shape), model);
    }
}
