package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.TaskShape;

/** A learned rate for each weight, <a href="https://arxiv.org/abs/1707.09835">Li et al. 2017</a>. */
public final class MetaSgd implements AdaptingSpec<MetaSgdSettings> {
    @Override
    public String name() {
        return "metasgd";
    }

    @Override
    public String summary() {
        return "Meta-SGD: MAML with a learned rate for each weight (Li et al. 2017, arXiv:1707.09835)";
    }

    @Override
    public MetaSgdSettings defaults() {
        return MetaSgdSettings.omniglot();
    }

    @Override
    public GradientNetwork network(MetaSgdSettings settings, TaskShape shape) {
        StepParameters rates =
                new StepParameters(StepParameters.Rates.PER_WEIGHT, settings.highestInnerLearningRate(), false);
        return new GradientNetwork(settings.inner(), shape, settings.inner()::adapts, rates);
    }

    @Override
    public Stage stage(MetaSgdSettings settings, long iteration) {
        return Stage.lastStep(2);
    }
}
