package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.gradient.ReptileNetwork.Combination;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;

/**
 * Reptile, <a href="https://arxiv.org/abs/1803.02999">Nichol, Achiam and Schulman 2018</a>: towards the weights that
 * some inner steps lead to. With updater sgd a meta-update is exactly weights + rate x mean (adapted - weights); serial
 * Reptile is meta-batch 1.
 */
public final class Reptile implements ReptileSpec {
    @Override
    public String name() {
        return "reptile";
    }

    @Override
    public String summary() {
        return "Reptile: towards the adapted weights (Nichol et al. 2018, arXiv:1803.02999)";
    }

    @Override
    public ReptileSettings defaults() {
        return ReptileSettings.omniglot(Tail.SHARED);
    }

    @Override
    public Combination combination() {
        return Combination.SUM;
    }
}
