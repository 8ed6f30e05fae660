package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;

/** MAML and its nearest kin: they differ by the order of their gradients and by the arrays that inner steps change. */
public interface GradientSpec extends AdaptingSpec<GradientSettings> {
    /** 2: gradients through the inner gradients; 1: inner gradients held fixed. */
    default int order() {
        return 2;
    }

    /** Whether inner steps change an array of the network. */
    default boolean adapts(GradientSettings settings, ParameterLayout.Entry entry) {
        return settings.adapts(entry);
    }

    @Override
    default GradientSettings defaults() {
        return GradientSettings.omniglot();
    }

    @Override
    default GradientNetwork network(GradientSettings settings, TaskShape shape) {
        return new GradientNetwork(settings, shape, entry -> adapts(settings, entry));
    }

    @Override
    default Stage stage(GradientSettings settings, long iteration) {
        return Stage.lastStep(order());
    }
}
