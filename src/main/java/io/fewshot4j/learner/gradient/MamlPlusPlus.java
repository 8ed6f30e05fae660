package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.StepParameters.Rates;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.NetworkSettings;
import java.util.Optional;

/** MAML made stable, <a href="https://arxiv.org/abs/1810.09502">Antoniou et al. 2019</a>. */
public final class MamlPlusPlus implements AdaptingSpec<MamlPlusPlusSettings> {
    @Override
    public String name() {
        return "mamlpp";
    }

    @Override
    public String summary() {
        return "MAML++: losses of every step, rates and batch normalisation of their own for each"
                + " (Antoniou et al. 2019, arXiv:1810.09502)";
    }

    @Override
    public MamlPlusPlusSettings defaults() {
        return MamlPlusPlusSettings.omniglot();
    }

    @Override
    public GradientNetwork network(MamlPlusPlusSettings settings, TaskShape shape) {
        Rates rates = settings.learnedRates() ? Rates.PER_ARRAY_AND_STEP : Rates.FIXED;
        StepParameters learned =
                new StepParameters(rates, settings.inner().innerLearningRate(), settings.stepBatchNorm());
        return new GradientNetwork(settings.inner(), shape, settings.inner()::adapts, learned);
    }

    @Override
    public Stage stage(MamlPlusPlusSettings settings, long iteration) {
        return settings.stage(iteration);
    }

    /** The reference code's network. */
    @Override
    public Optional<NetworkSettings> network() {
        return Optional.of(Conv4Settings.maxPooled(64));
    }
}
