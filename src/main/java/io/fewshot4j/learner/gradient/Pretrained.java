package io.fewshot4j.learner.gradient;

/**
 * Weights fitted to all tasks at once, without inner steps, and then gradient descent on a task: the baseline of
 * <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a> on functions.
 */
public final class Pretrained implements GradientSpec {
    @Override
    public String name() {
        return "pretrained";
    }

    @Override
    public String summary() {
        return "weights fitted to all tasks at once, then gradient descent (a baseline of Finn et al. 2017)";
    }

    /** Labels change from task to task, so that nothing fits all of them at once. */
    @Override
    public boolean classifies() {
        return false;
    }

    @Override
    public Stage stage(GradientSettings settings, long iteration) {
        return Stage.beforeAdaptation();
    }
}
