package io.fewshot4j.spark;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.PairwiseSum;
import io.fewshot4j.training.LocalBatches;
import io.fewshot4j.training.MetaBatches;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.TrainingSettings;
import io.fewshot4j.training.Workers;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** Meta-batches that executors compute, each a contiguous share; subtrees of the sum come back. */
final class SparkBatches implements MetaBatches {
    private final Cluster cluster;
    private final Job job;
    private final TrainingPlan<Episode, Learner> plan;
    private final Model model;
    private final Workers<Learner> workers;

    SparkBatches(Cluster cluster, Job job, TrainingPlan<Episode, Learner> plan, Model model, Workers<Learner> workers) {
        this.cluster = cluster;
        this.job = job;
        this.plan = plan;
        this.model = model;
        this.workers = workers;
    }

    @Override
    public MetaGradient mean(long iteration) {
        cluster.requireRunning();
        try {
            return sum(iteration);
        } catch (Cluster.StoppedException e) {
            return here(iteration);
        }
    }

    private MetaGradient sum(long iteration) {
        TrainingSettings settings = plan.settings();
        Broadcast<Values> values = cluster.broadcast(Values.of(model));
        try (PairwiseSum sum = new PairwiseSum()) {
            List<Subtotal> parts = cluster.compute(
                    settings.metaBatch() / settings.groupSize(),
                    new GradientTask(job, values, iteration, iteration * settings.metaBatch(), settings.groupSize()));
            parts.forEach(part -> sum.add(part.toSum(model)));
            return sum.mean();
        } finally {
            cluster.forget(values);
        }
    }

    /**
     * Ctrl-C stops Spark and training at once: the iteration in hand is finished on this machine, with the same bits.
     */
    private MetaGradient here(long iteration) {
        try (MetaBatches local = new LocalBatches<>(plan, workers, iteration)) {
            return local.mean(iteration);
        }
    }

    @Override
    public void close() {}
}
