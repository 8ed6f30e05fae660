package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import org.nd4j.linalg.api.buffer.DataType;

/** Almost no inner loop, <a href="https://arxiv.org/abs/1909.09157">Raghu et al. 2020</a>. */
public final class Anil implements LearnerSpec<GradientSettings> {
    @Override
    public String name() {
        return "anil";
    }

    @Override
    public String summary() {
        return "ANIL: MAML whose inner steps change the head alone (Raghu et al. 2020, arXiv:1909.09157)";
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
        return new GradientNetwork(settings, shape, name -> name.startsWith("fc."));
    }
}
