package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.CheckpointStore;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.HistoryFile;
import io.fewshot4j.checkpoint.Manifest;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.Model;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model in a run folder, from its beginning or from the latest checkpoint there. The result depends on plan
 * and model alone: neither on the number of threads nor on how often training was stopped and resumed.
 *
 * @param <T> the kind of task
 * @param <L> the kind of learner
 */
public final class Trainer<T, L extends MetaLearner<T>> {
    /** Settings that a run may change when it goes on: what is computed up to an iteration does not depend on them. */
    public static final List<String> FREE_ON_RESUME =
            List.of("iterations", "threads", "prefetch", "validate-every", "checkpoint-every");

    private final TrainingPlan<T, L> plan;
    private final TrainingListener listener;
    private final StopSignal stop;
    private final MetaBatches.Place<T, L> place;

    /** A trainer on the threads of this machine. */
    public Trainer(TrainingPlan<T, L> plan, TrainingListener listener, StopSignal stop) {
        this(plan, Optional.empty(), listener, stop);
    }

    /** @param elsewhere computes meta-batches in place of this machine */
    public Trainer(
            TrainingPlan<T, L> plan,
            Optional<MetaBatches.Place<T, L>> elsewhere,
            TrainingListener listener,
            StopSignal stop) {
        this.plan = plan;
        this.place = elsewhere.orElse((same, model, workers, first) -> new LocalBatches<>(same, workers, first));
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains until all iterations are made, validation no longer improves, or a stop is asked for; then saves.
     *
     * @param run held as long as this takes
     * @param model at its start; training changes it, and it stays the caller's
     * @throws FewShotException if loss, gradient or parameters are no longer finite, the folder holds the run of
     *     another plan, data cannot be read, or a checkpoint cannot be written
     */
    public TrainingEvent.Stopped train(Model model, HeldRun run) {
        try (Workers<L> workers =
                        new Workers<>(plan.learners(), model, plan.settings().threads());
                MetaOptimizer optimizer =
                        new MetaOptimizer(plan.optimizer(), plan.settings().iterations(), model.parameters())) {
            plan.validation().ifPresent(validation -> validation.check(workers));
            Optional<Manifest> latest = restore(run.folder().checkpoints(), model, optimizer);
            Progress progress = latest.map(Manifest::progress).orElse(Progress.NONE);
            try (HistoryFile history = run.resume(latest);
                    MetaBatches batches = place.begin(plan, model, workers, progress.iteration())) {
                TrainingState state = new TrainingState(plan.provenance(), model, optimizer, progress);
                return new TrainingLoop<>(plan, state, workers, batches, new Recorder(run, history, listener))
                        .run(stop);
            }
        }
    }

    private Optional<Manifest> restore(CheckpointStore store, Model model, MetaOptimizer optimizer) {
        return store.latest().map(checkpoint -> {
            try (checkpoint) {
                requireSameRun(checkpoint.manifest().provenance());
                checkpoint.restore(model);
                optimizer.restore(checkpoint.optimizer());
                return checkpoint.manifest();
            }
        });
    }

    private void requireSameRun(Provenance saved) {
        Provenance own = plan.provenance();
        own.settings().forEach((key, now) -> {
            String before = saved.settings().getOrDefault(key, now);
            if (!isFree(key) && !isRenamed(key, saved) && !before.equals(now)) {
                throw new FewShotException(key + " must be the run's own, " + before + ", got " + now
                        + "; resume with the settings it was begun with, or train in another folder");
            }
        });
        if (!saved.dataFingerprint().equals(own.dataFingerprint())) {
            throw new FewShotException("the data must be the run's own, with fingerprint " + saved.dataFingerprint()
                    + ", got " + own.dataFingerprint() + "; resume with the data it was begun with");
        }
        if (saved.seed() != own.seed()) {
            throw new FewShotException("the seed must be the run's own, " + saved.seed() + ", got " + own.seed()
                    + "; resume with the seed it was begun with");
        }
    }

    private boolean isFree(String key) {
        boolean bends = key.equals("iterations")
                && plan.optimizer().learningRateSchedule().spansTraining();
        return FREE_ON_RESUME.contains(key) && !bends;
    }

    /** Whether a run is of an older version, in which the learner's name did not tell order and combination. */
    private static boolean isRenamed(String key, Provenance saved) {
        return key.equals("learner")
                && (saved.settings().containsKey("order") || saved.settings().containsKey("combination"));
    }
}
