package io.fewshot4j.learner.gradient;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;

/** Body only update in inner loop, <a href="https://arxiv.org/abs/2008.08882">Oh et al. 2021</a>. */
public final class Boil implements GradientSpec {
    @Override
    public String name() {
        return "boil";
    }

    @Override
    public String summary() {
        return "BOIL: MAML whose inner steps change the body alone (Oh et al. 2021, arXiv:2008.08882)";
    }

    @Override
    public boolean adapts(GradientSettings settings, ParameterLayout.Entry entry) {
        return entry.role() != Role.HEAD && settings.adapts(entry);
    }
}
