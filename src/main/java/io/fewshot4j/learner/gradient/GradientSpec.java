package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.TaskShape;

/** What MAML and its variants share: they differ by their settings and by which parameters inner steps change. */
interface GradientSpec extends AdaptingSpec<GradientSettings> {
    /** Whether inner steps change a parameter. */
    default boolean adapts(GradientSettings settings, String parameter) {
        return settings.adapts(parameter);
    }

    @Override
    default GradientNetwork network(GradientSettings settings, TaskShape shape) {
        return new GradientNetwork(settings, shape, parameter -> adapts(settings, parameter));
    }

    @Override
    default Stage stage(GradientSettings settings, long iteration) {
        return Stage.lastStep(settings.order());
    }
}
