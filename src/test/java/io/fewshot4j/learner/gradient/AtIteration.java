package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Support;
import java.util.List;
import java.util.Set;

/** A learner whose meta-gradients are those of one iteration. */
record AtIteration(Learner learner, long iteration) implements Learner {
    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return learner.metaGradient(tasks, iteration);
    }

    @Override
    public Adapted adapt(Support support) {
        return learner.adapt(support);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return learner.supportedStatistics();
    }

    @Override
    public Cost cost() {
        return learner.cost();
    }

    @Override
    public Model model() {
        return learner.model();
    }

    @Override
    public void close() {
        learner.close();
    }
}
