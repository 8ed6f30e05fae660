package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.TaskShape;

/** An LSTM that learns the update rule, <a href="https://openreview.net/forum?id=rJY0-Kcll">Ravi and Larochelle 2017</a>. */
public final class MetaLstm implements AdaptingSpec<MetaLstmSettings> {
    @Override
    public String name() {
        return "metalstm";
    }

    @Override
    public String summary() {
        return "LSTM meta-learner: a learned update rule and first weights (Ravi and Larochelle 2017)";
    }

    @Override
    public MetaLstmSettings defaults() {
        return MetaLstmSettings.miniImagenet();
    }

    @Override
    public GradientNetwork network(MetaLstmSettings settings, TaskShape shape) {
        GradientSettings inner = settings.inner();
        return new GradientNetwork(inner, shape, inner::adapts, StepParameters.of(settings.rule()));
    }

    @Override
    public Stage stage(MetaLstmSettings settings, long iteration) {
        return Stage.lastStep(settings.inner().order());
    }
}
