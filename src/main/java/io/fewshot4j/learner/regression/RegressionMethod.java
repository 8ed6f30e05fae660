package io.fewshot4j.learner.regression;

/** How a network is prepared for functions that it will see a few points of. All of them then learn by gradient descent. */
public enum RegressionMethod {
    /** Through the inner gradients, <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a>. */
    MAML,
    /** A baseline of Finn et al.: fitted to all tasks at once. */
    PRETRAINED,
    /** A baseline of Finn et al.: the same with amplitude and phase as inputs. */
    ORACLE,
    /** MAML with the inner gradients held fixed. */
    FOMAML,
    /** Towards the adapted weights, <a href="https://arxiv.org/abs/1803.02999">Nichol et al. 2018</a>. */
    REPTILE;

    /** Whether it is trained without inner steps, and so has no inner learning rate of its own. */
    public boolean isBaseline() {
        return this == PRETRAINED || this == ORACLE;
    }
}
