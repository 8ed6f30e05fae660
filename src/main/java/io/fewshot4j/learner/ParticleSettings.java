package io.fewshot4j.learner;

import io.fewshot4j.graph.Particles;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;

/** Settings of Bayesian MAML, <a href="https://arxiv.org/abs/1806.03836">Yoon et al. 2018</a>, on any network. */
public record ParticleSettings(
        @Describe("sets of weights that bmaml adapts together, at least 1")
        int particles,

        @Describe("steps of bmaml on support and query that its particles are to have foreseen, at least 1")
        int leaderSteps) {
    public ParticleSettings {
        if (particles < 1 || leaderSteps < 1) {
            throw new IllegalArgumentException(
                    "particles and leaderSteps must be at least 1, got " + particles + " and " + leaderSteps);
        }
    }

    /** So many of a network. */
    public Particles of(ParameterLayout network) {
        return new Particles(network, particles);
    }
}
