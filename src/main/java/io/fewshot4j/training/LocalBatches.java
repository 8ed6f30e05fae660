package io.fewshot4j.training;

import io.fewshot4j.episode.Prefetcher;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaLearner;

/** Meta-batches drawn ahead and computed by the workers of this machine. */
public final class LocalBatches<T, L extends MetaLearner<T>> implements MetaBatches {
    private final Workers<L> workers;
    private final Prefetcher<T> batches;
    private final int groupSize;

    /** @param iteration first one that will be asked for */
    public LocalBatches(TrainingPlan<T, L> plan, Workers<L> workers, long iteration) {
        TrainingSettings settings = plan.settings();
        this.workers = workers;
        this.batches = new Prefetcher<>(plan.tasks(), settings.metaBatch(), iteration, settings.prefetch());
        this.groupSize = settings.groupSize();
    }

    @Override
    public MetaGradient mean(long iteration) {
        return GradientSum.mean(workers, batches.next(), groupSize, iteration);
    }

    @Override
    public void close() {
        batches.close();
    }
}
