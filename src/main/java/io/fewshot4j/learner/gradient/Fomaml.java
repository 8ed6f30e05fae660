package io.fewshot4j.learner.gradient;

/** First-order MAML, <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a>. */
public final class Fomaml implements GradientSpec {
    @Override
    public String name() {
        return "fomaml";
    }

    @Override
    public String summary() {
        return "FOMAML: MAML with the inner gradients held fixed (Finn et al. 2017, arXiv:1703.03400)";
    }

    @Override
    public int order() {
        return 1;
    }
}
