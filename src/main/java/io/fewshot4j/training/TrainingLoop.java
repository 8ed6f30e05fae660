package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.HistoryRow;
import io.fewshot4j.checkpoint.Progress;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.training.TrainingEvent.Reason;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one loop: meta-batch, mean gradient, update, validation, checkpoint. */
final class TrainingLoop<T, L extends MetaLearner<T>> {
    private final TrainingPlan<T, L> plan;
    private final TrainingSettings settings;
    private final TrainingState state;
    private final Workers<L> workers;
    private final MetaBatches batches;
    private final Recorder recorder;
    private long saved = -1;

    TrainingLoop(
            TrainingPlan<T, L> plan, TrainingState state, Workers<L> workers, MetaBatches batches, Recorder recorder) {
        this.plan = plan;
        this.settings = plan.settings();
        this.state = state;
        this.workers = workers;
        this.batches = batches;
        this.recorder = recorder;
    }

    TrainingEvent.Stopped run(StopSignal stop) {
        recorder.tell(new TrainingEvent.Started(iteration(), settings.iterations(), settings.metaBatch()));
        if (iteration() == 0) {
            save();
        } else {
            saved = iteration();
        }
        Optional<Reason> reason = reason(stop);
        while (reason.isEmpty()) {
            iterate();
            reason = reason(stop);
        }
        if (saved < iteration()) {
            save();
        }
        TrainingEvent.Stopped stopped = new TrainingEvent.Stopped(iteration(), reason.get());
        recorder.tell(stopped);
        return stopped;
    }

    private long iteration() {
        return state.progress().iteration();
    }

    private Optional<Reason> reason(StopSignal stop) {
        if (iteration() >= settings.iterations()) {
            return Optional.of(Reason.FINISHED);
        }
        if (settings.patience() > 0 && state.progress().validationsSinceBest() >= settings.patience()) {
            return Optional.of(Reason.NO_IMPROVEMENT);
        }
        return stop.requested() ? Optional.of(Reason.INTERRUPTED) : Optional.empty();
    }

    private void iterate() {
        TrainingEvent.Updated updated = update();
        recorder.tell(updated);
        Optional<HistoryRow.Validation> validation =
                isValidationDue() ? plan.validation().map(this::validate) : Optional.empty();
        recorder.append(
                new HistoryRow(iteration(), updated.loss(), updated.accuracy(), updated.learningRate(), validation));
        if (isDue(settings.checkpointEvery()) || state.progress().isBest()) {
            save();
        }
    }

    /** The last model is validated in any case, so that it may be the best. */
    private boolean isValidationDue() {
        boolean last = iteration() == settings.iterations();
        return settings.validateEvery() > 0 && (last || isDue(settings.validateEvery()));
    }

    private boolean isDue(int every) {
        return iteration() % every == 0;
    }

    private TrainingEvent.Updated update() {
        long start = System.nanoTime();
        double rate = state.learningRate();
        try (MetaGradient mean = batches.mean(iteration())) {
            if (!Double.isFinite(mean.loss())) {
                throw diverged("at iteration " + (iteration() + 1) + " the loss or its gradient is not");
            }
            state.update(mean, settings.statisticsMomentum());
            requireFinite();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new TrainingEvent.Updated(iteration(), mean.loss(), mean.accuracy(), rate, seconds);
        }
    }

    private void requireFinite() {
        if (!state.isFinite()) {
            throw diverged(
                    "after iteration " + iteration() + " the model or its optimiser holds a NaN or infinite number");
        }
    }

    private FewShotException diverged(String fault) {
        String rates = plan.provenance().settings().entrySet().stream()
                .filter(setting -> setting.getKey().endsWith("learning-rate"))
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
        return new FewShotException("training must stay finite, but " + fault + " (" + rates
                + "; scheduled meta-learning rate " + state.learningRate()
                + "); lower the learning rates or set clip; the last good checkpoint is " + recorder.lastCheckpoint());
    }

    private HistoryRow.Validation validate(Validation<L> validation) {
        Validation.Score score = validation.score(workers);
        Interval accuracy = score.accuracy();
        state.validated(accuracy.mean());
        Progress progress = state.progress();
        recorder.tell(new TrainingEvent.Validated(iteration(), accuracy, score.loss(), progress.isBest()));
        return new HistoryRow.Validation(accuracy.mean(), accuracy.halfWidth(), score.loss());
    }

    private void save() {
        requireFinite();
        recorder.save(state.checkpoint(recorder.sha256()));
        saved = iteration();
    }
}
