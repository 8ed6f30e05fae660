package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import org.nd4j.linalg.api.buffer.DataType;

/** Model-agnostic meta-learning, <a href="https://arxiv.org/abs/1703.03400">Finn et al. 2017</a>. */
public final class Maml implements LearnerSpec<GradientSettings> {
    @Override
    public String name() {
        return "maml";
    }

    @Override
    public String summary() {
        return "MAML: gradients through the inner steps (Finn et al. 2017, arXiv:1703.03400)";
    }

    @Override
    public GradientSettings defaults() {
        return GradientSettings.omniglot(2);
    }

    @Override
    public Model initialise(GradientSettings settings, TaskShape shape, long seed, DataType type) {
        return GradientLearner.initialise(network(settings, shape), seed, type);
    }

    @Override
    public Learner create(GradientSettings settings, TaskShape shape, Model model) {
        return new GradientLearner(name(), network(settings, shape), shape, model);
    }

    private static GradientNetwork network(GradientSettings settings, TaskShape shape) {
        return GradientNetwork.of(settings, shape);
    }
}
