package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.gradient.ReptileNetwork.Combination;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;

/**
 * First-order meta-learning in the manner of Reptile, <a href="https://arxiv.org/abs/1803.02999">Nichol et al.
 * 2018</a>.
 */
public final class Foml implements ReptileSpec {
    @Override
    public String name() {
        return "foml";
    }

    @Override
    public String summary() {
        return "FOML: Reptile's inner steps, of which the last alone counts (Nichol et al. 2018, arXiv:1803.02999)";
    }

    @Override
    public ReptileSettings defaults() {
        return ReptileSettings.omniglot(Tail.SEPARATE);
    }

    @Override
    public Combination combination() {
        return Combination.LAST;
    }
}
