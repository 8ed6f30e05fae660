package io.fewshot4j.learner.gradient;

import io.fewshot4j.options.Describe;

/** Settings of the particles of {@link Bmaml}. */
public record ParticleSettings(
        @Describe("sets of weights that bmaml adapts together, at least 1")
        int particles,

        @Describe("whether bmaml's particles are heads over one body; otherwise each is a network of its own")
        boolean sharedBody,

        @Describe("steps of bmaml on support and query that its particles are to have foreseen, at least 1")
        int leaderSteps) {
    public ParticleSettings {
        if (particles < 1 || leaderSteps < 1) {
            throw new IllegalArgumentException(
                    "particles and leaderSteps must be at least 1, got " + particles + " and " + leaderSteps);
        }
    }
}
