package io.fewshot4j.learner.gradient;

/** Model-agnostic meta-learning, <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a>. */
public final class Maml implements GradientSpec {
    @Override
    public String name() {
        return "maml";
    }

    @Override
    public String summary() {
        return "MAML: gradients through the inner steps (Finn et al. 2017, arXiv:1703.03400)";
    }
}
