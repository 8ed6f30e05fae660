package io.fewshot4j.cli.run;

import io.fewshot4j.checkpoint.HistoryRow;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.History;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingSettings;

/** A run's learning curve so far, from its folder. */
public final class RunHistory {
    private final History history = new History();
    private final int validationEpisodes;
    private double best = Double.NEGATIVE_INFINITY;

    private RunHistory(int validationEpisodes) {
        this.validationEpisodes = validationEpisodes;
    }

    /** All of it; how long each iteration took is not kept. */
    public static History of(RunFolder run, TrainingSettings settings) {
        History history = until(Long.MAX_VALUE, run, settings);
        history.updates().stream()
                .map(TrainingEvent::iteration)
                .filter(iteration -> iteration >= settings.iterations())
                .forEach(iteration -> history.on(new TrainingEvent.Stopped(iteration, TrainingEvent.Reason.FINISHED)));
        return history;
    }

    /** Reads what came before a resumed part, as far as an iteration. */
    public static History until(long iteration, RunFolder run, TrainingSettings settings) {
        RunHistory replay = new RunHistory(settings.validationEpisodes());
        run.curve().stream().filter(row -> row.iteration() <= iteration).forEach(replay::add);
        return replay.history;
    }

    private void add(HistoryRow row) {
        history.on(
                new TrainingEvent.Updated(row.iteration(), row.loss(), row.accuracy(), row.learningRate(), Double.NaN));
        row.validation().map(v -> validated(row.iteration(), v)).ifPresent(history::on);
    }

    private TrainingEvent.Validated validated(long iteration, HistoryRow.Validation validation) {
        boolean better = validation.accuracy() > best;
        best = Math.max(best, validation.accuracy());
        Interval accuracy = new Interval(validation.accuracy(), validation.halfWidth(), validationEpisodes);
        return new TrainingEvent.Validated(iteration, accuracy, validation.loss(), better);
    }
}
