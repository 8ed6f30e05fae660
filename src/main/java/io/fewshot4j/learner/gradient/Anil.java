package io.fewshot4j.learner.gradient;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;

/** Almost no inner loop, <a href="https://arxiv.org/abs/1909.09157">Raghu et al. 2020</a>. */
public final class Anil implements GradientSpec {
    @Override
    public String name() {
        return "anil";
    }

    @Override
    public String summary() {
        return "ANIL: MAML whose inner steps change the head alone (Raghu et al. 2020, arXiv:1909.09157)";
    }

    @Override
    public boolean adapts(GradientSettings settings, ParameterLayout.Entry entry) {
        return entry.role() == Role.HEAD;
    }
}
