package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.NetworkSettings;
import java.util.Optional;

/**
 * An LSTM that learns the update rule, <a href="https://openreview.net/forum?id=rJY0-Kcll">Ravi and Larochelle
 * 2017</a>.
 */
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
        return Stage.lastStep(settings.order());
    }

    /** The paper's network for Mini-ImageNet. */
    @Override
    public Optional<NetworkSettings> network() {
        return Optional.of(new Conv4Settings(
                32, Conv4.Downsampling.MAX_POOL, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, true, 1e-3));
    }
}
