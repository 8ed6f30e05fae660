package io.fewshot4j.cli;

import io.fewshot4j.checkpoint.HistoryRow;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.History;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run's learning curve so far, from its folder. */
final class RunHistory {
    private final History history = new History();
    private final int validationEpisodes;
    private long last;
    private double best = Double.NEGATIVE_INFINITY;

    private RunHistory(int validationEpisodes) {
        this.validationEpisodes = validationEpisodes;
    }

    /** All iterations of earlier processes too; how long each took is not kept. */
    static History of(RunFolder run, TrainingSettings settings) {
        RunHistory replay = new RunHistory(settings.validationEpisodes());
        Path file = run.history();
        if (Files.exists(file)) {
            io.fewshot4j.checkpoint.History.read(file).forEach(replay::add);
        }
        if (replay.last >= settings.iterations()) {
            replay.history.on(new TrainingEvent.Stopped(replay.last, TrainingEvent.Reason.FINISHED));
        }
        return replay.history;
    }

    private void add(HistoryRow row) {
        last = row.iteration();
        history.on(new TrainingEvent.Updated(
                row.iteration(), row.loss(), row.accuracy(), row.learningRate(), Double.NaN));
        row.validation().map(v -> validated(row.iteration(), v)).ifPresent(history::on);
    }

    private TrainingEvent.Validated validated(long iteration, HistoryRow.Validation validation) {
        boolean better = validation.accuracy() > best;
        best = Math.max(best, validation.accuracy());
        Interval accuracy = new Interval(validation.accuracy(), validation.halfWidth(), validationEpisodes);
        return new TrainingEvent.Validated(iteration, accuracy, validation.loss(), better);
    }
}
